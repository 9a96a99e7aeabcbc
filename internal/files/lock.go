package files

// locked is what became of the wish for a lock. Locks are between processes of
// ours; nobody else asks for them.
type locked int

const (
	lockHeld    locked = iota
	lockBusy           // another process has it
	lockUnknown        // not every file system has locks
)
