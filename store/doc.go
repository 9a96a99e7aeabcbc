// Package store keeps what a server must not forget: its deployment id, users,
// hashed tokens, reports for statistics, the result of the update check, and
// the key of notifications.
//
// [Open] opens a SQLite file, or a PostgreSQL that several servers share, and
// brings its schema up to date. The statements are the same for both.
//
// Every error of a [Store] is an [*Error], in words of ours: the text of a
// driver may hold the connection's password or somebody's data, so it goes no
// further than this package. A kind says what a caller can do about it, and
// the database's own code what an administrator can look up.
//
// A change of the schema is one more file, of the next number and one name, in
// both folders below migrations; a file that was released never changes.
//
// What a method has confirmed is kept when the process is killed the moment
// after. Times are kept to the microsecond.
package store
