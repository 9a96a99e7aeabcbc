// Package yamlgen is the YAML face of a catalog: [Parse] reads a file into a
// layer, [Tree] reads a structured value from text, [Reference] writes a file
// that shows every option, and [Write] writes the settings of a snapshot.
//
// Files in the plain style that people write are read by a scanner of our
// own; everything else goes through yaml.v3, which is used for its node tree
// alone: its decoder costs time and memory without bound on hostile input,
// and its error texts repeat what they read.
package yamlgen
