package yamlgen

// Placed lets tests see the places inside a text, which Tree leaves out.
var Placed = placed
