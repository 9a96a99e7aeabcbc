package docgen

// Columns lets tests measure lines as the package does; it is tested itself.
var Columns = columns
