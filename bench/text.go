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

const startNote = `
Code by hand is in front. Of strata's start with 190 options pprof gives two thirds to Build, which declares: walking the struct and reading its
tags a sixth of the whole, names, variables and paths into maps a seventh, the rows themselves a ninth. Loading takes a quarter: half of that is the
file. A quarter, across all of it, is memory: given, and collected. By hand there is nothing to declare, and nobody to tell where a value is from.
Nothing of Build is repeated when a program loads again.

What pprof found and is gone: dotted paths spelled for nobody, each name looked up twice, a group looked up for each of its options, what fields without
limits have in common written for each, a map for each group of a file, and an allocation for each variable and each path: a start with 190 options made
1,686 allocations and took 314 kB before. The larger sizes are lost to memory: declared options are three times the bytes of plain values, so each pass over
them waits for the memory, and the garbage collector, a seventh of the whole at 20,000, has pointers to follow where by hand there are few.
`

const againText = `
What a program does that reloads, with options that are declared already, where a library can.
`

const coldText = `
A program of eight options that starts, reads three of them from a file, two from variables and two from flags, prints one line and ends. Each is
built without cgo and without symbols. *Nothing* prints the same line and reads nothing: what any Go program costs. The last line is the whole
program of this project, a server with two databases and 217 options, that checks a file of 130 lines.
`

const coldNote = `
Most of a cold start is not the library. perf gives strata's to the start of the Go runtime and its threads (two thirds), to package yaml.v3, which
makes tables and compiles expressions before main in each program that has it (6%), to loading (6%, of which opening and reading the file is a third)
and to Build (3%). The rest is other packages that begin, most of them those of net, by way of pflag: each is a few pages that the kernel maps. So
what is behind strata here has more packages, what is before it fewer: by hand there are some 30 page faults less, and ff has yaml.v2 and no net. Its
lead of some percent changes its sign from run to run. What was found and is gone: the packages of cryptography, 13 of them and 4% of the processor time, which a digest pulled into
each program.
`

const readText = `
As code on a hot path does it: most libraries fill a struct, whose field is read.
`

const outputText = `
For 190 options, where a library has the output. JSON and YAML are of values only, but for strata: its JSON has the values and, for each option, its
names, help, default, value and source, as the API serves them; its YAML has the values that differ from the defaults.
`

const outputNote = `
Help of pflag (koanf, viper) is three fifths of the text, without groups, variables and facts. What pprof found and is gone: text/template, which calls by
reflection and was half of the time of ours, a text for each line, and a look at each byte for each use of it. JSON by hand is encoding/json over one plain
struct, of values only and with every secret in it.
`

const wrongText = `
The work has explicit zero values and empty lists in the file, options that several sources set, and in each of the lines below one input that is wrong.
`
