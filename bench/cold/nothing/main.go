// Command nothing prints the line that the others find out: what any Go
// program costs.
package main

import "fmt"

func main() {
	fmt.Println("harbour", "localhost:8080", true, int64(8), "1m30s", []string{"blue", "green"}, "/srv/data", false)
}
