package main

const intro = `
All libraries do the same work: options of five kinds with defaults, a YAML file that sets half of them, 140 variables of which 40 are options, and
15 flags. Each is used as its documentation shows; the adapters are in [bench/peers](../bench/peers). What came of the work was held against one
oracle before it was timed. *By hand* is what one writes without a library: yaml.v3 into a struct, ` + "`os.Getenv`" + ` and a switch for each option. It is
the floor, at 1.00, and tells nobody where a value came from; of the others only strata does.

Times are those of the processor, garbage collection included: medians of samples that were taken in turns, so that what else the machine did hits
all alike.
`

const startText = `
What a program does at its start: declare the options, read flags, variables and the file, fill the struct. *Growth* is the exponent over the number
of options: 1 is linear, 2 quadratic.
`

const startNote = ``

const againText = `
What a program does that reloads, with options that are declared already, where a library can.
`

const coldText = `
A program of eight options that starts, reads three of them from a file, two from variables and two from flags, prints one line and ends. Each is
built without cgo and without symbols. *Nothing* prints the same line and reads nothing: what any Go program costs. The last line is the whole
program of this project, a server with two databases and 217 options, that checks a file of 130 lines.
`

const coldNote = ``

const readText = `
As code on a hot path does it: most libraries fill a struct, whose field is read.
`

const outputText = `
For 190 options, where a library has the output. JSON and YAML are of values only, but for strata: its JSON has the values and, for each option, its
names, help, default, value and source, as the API serves them; its YAML has the values that differ from the defaults.
`

const outputNote = ``

const wrongText = `
The work has explicit zero values and empty lists in the file, options that several sources set, and in each of the lines below one input that is wrong.
`
