package yamlgen

// Placed lets tests see the places inside a text, which Tree leaves out.
var Placed = placed

// DecodeNode is decodeNode, for readers that break in it.
var DecodeNode = decodeNode
