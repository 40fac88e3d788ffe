// Package process starts an OpenSAG of its own for one test: the program `opensag sandbox`, without Docker.
package process

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Gateway is one simulated gateway of a sandbox.
type Gateway struct {
	Name       string
	InstanceID string `json:"instanceId"`
	Serials    []string
}

// Sag is what a sandbox says when it is ready, and its key pair.
type Sag struct {
	Endpoint        string
	RegionID        string `json:"regionId"`
	KeyFile         string
	Gateways        []Gateway
	AccessKeyID     string `json:"accessKeyId"`
	AccessKeySecret string
}

// Start runs a sandbox until the test ends. OPENSAG_COMMAND is how the program is started; npx downloads it when it is not
// installed.
func Start(t *testing.T) Sag {
	t.Helper()
	command := os.Getenv("OPENSAG_COMMAND")
	if command == "" {
		command = "npx --yes opensag"
	}
	words := append(strings.Fields(command), "sandbox", "--json", "--until-stdin-ends", "--port", "0", "--data", t.TempDir())
	program := exec.Command(words[0], words[1:]...)
	program.Stderr = os.Stderr
	// A pipe from here: the sandbox ends with this process, whatever happens to it.
	stdin, err := program.StdinPipe()
	must(t, err)
	stdout, err := program.StdoutPipe()
	must(t, err)
	must(t, program.Start())
	t.Cleanup(func() {
		stdin.Close()
		program.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	must(t, err)
	var sag Sag
	must(t, json.Unmarshal(line, &sag))
	file, err := os.ReadFile(sag.KeyFile)
	must(t, err)
	endpoint := sag.Endpoint
	must(t, json.Unmarshal(file, &sag))
	sag.Endpoint = endpoint
	return sag
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
