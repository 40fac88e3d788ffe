// Reads a history of calls on standard input, one JSON object a line, and prints whether it is linearizable:
// {"result":"Ok"|"Illegal"|"Unknown","illegal":["key", …]}. Each key is a register of its own, so that each key's history
// is checked alone: that is what makes it affordable.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	"github.com/anishathalye/porcupine"
)

// One call of a client. Times are nanoseconds of one monotonic clock. A write without "ret" is in doubt: it may take
// effect at any later time, or never. A read that was not answered tells nothing and is not in a history.
type line struct {
	Key    string `json:"key"`
	Client int    `json:"client"`
	Op     string `json:"op"`
	Value  string `json:"value"`
	Call   int64  `json:"call"`
	Ret    *int64 `json:"ret"`
}

type input struct {
	isRead bool
	value  string
}

const inDoubt = int64(1) << 60

var register = porcupine.Model{
	Init: func() interface{} { return "" },
	Step: func(state, in, out interface{}) (bool, interface{}) {
		asked := in.(input)
		if asked.isRead {
			return out.(string) == state.(string), state
		}
		return true, asked.value
	},
}

func main() {
	limit := 60 * time.Second
	if len(os.Args) > 1 {
		seconds, err := strconv.ParseFloat(os.Args[1], 64)
		if err != nil {
			fail(err)
		}
		limit = time.Duration(seconds * float64(time.Second))
	}
	histories, err := read()
	if err != nil {
		fail(err)
	}
	keys := make([]string, 0, len(histories))
	for key := range histories {
		keys = append(keys, key)
	}
	sort.Strings(keys)

	end := time.Now().Add(limit)
	illegal, unknown := []string{}, []string{}
	for _, key := range keys {
		left := time.Until(end)
		if left <= 0 {
			left = time.Millisecond // 0 would mean "no limit"
		}
		switch porcupine.CheckOperationsTimeout(register, histories[key], left) {
		case porcupine.Illegal:
			illegal = append(illegal, key)
		case porcupine.Unknown:
			unknown = append(unknown, key)
		}
	}
	result := "Ok"
	if len(unknown) > 0 {
		result = "Unknown"
	}
	if len(illegal) > 0 {
		result = "Illegal"
	}
	if err := json.NewEncoder(os.Stdout).Encode(map[string]interface{}{
		"result": result, "illegal": illegal, "unknown": unknown,
	}); err != nil {
		fail(err)
	}
}

func read() (map[string][]porcupine.Operation, error) {
	histories := map[string][]porcupine.Operation{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var found line
		if err := json.Unmarshal(lines.Bytes(), &found); err != nil {
			return nil, err
		}
		operation := porcupine.Operation{ClientId: found.Client, Call: found.Call, Return: inDoubt}
		if found.Ret != nil {
			operation.Return = *found.Ret
		}
		switch {
		case found.Op == "write":
			operation.Input = input{value: found.Value}
		case found.Op == "read" && found.Ret != nil:
			operation.Input, operation.Output = input{isRead: true}, found.Value
		default:
			return nil, fmt.Errorf("not a write or an answered read: %s", lines.Text())
		}
		histories[found.Key] = append(histories[found.Key], operation)
	}
	return histories, lines.Err()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
