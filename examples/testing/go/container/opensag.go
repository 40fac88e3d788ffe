// Package container starts an OpenSAG of its own for one test, as a container of Testcontainers.
package container

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

const (
	port        = "7240/tcp"
	credentials = "/var/lib/opensag/credentials.json"
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
	Gateways        []Gateway
	AccessKeyID     string `json:"accessKeyId"`
	AccessKeySecret string
}

// Start runs a sandbox until the test ends.
func Start(t *testing.T) Sag {
	t.Helper()
	ctx := context.Background()
	image := os.Getenv("OPENSAG_IMAGE")
	if image == "" {
		image = "opensag:0.2.0"
	}
	container, err := testcontainers.Run(ctx, image,
		testcontainers.WithCmd("sandbox", "--json"),
		testcontainers.WithExposedPorts(port),
		testcontainers.WithEnv(map[string]string{
			// Testcontainers is the way in, so the port of the container is without TLS.
			"OPENSAG_TRUSTED_PROXY": "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16",
		}),
		testcontainers.WithWaitStrategy(wait.ForLog(`"ready":true`).WithStartupTimeout(2*time.Minute)),
	)
	testcontainers.CleanupContainer(t, container)
	must(t, err)
	var sag Sag
	must(t, json.Unmarshal([]byte(readyLine(t, container)), &sag))
	file, err := container.CopyFileFromContainer(ctx, credentials)
	must(t, err)
	defer file.Close()
	text, err := io.ReadAll(file)
	must(t, err)
	must(t, json.Unmarshal(text, &sag))
	host, err := container.Host(ctx)
	must(t, err)
	mapped, err := container.MappedPort(ctx, port)
	must(t, err)
	sag.Endpoint = fmt.Sprintf("http://%s:%s", host, mapped.Port())
	return sag
}

func readyLine(t *testing.T, container testcontainers.Container) string {
	t.Helper()
	logs, err := container.Logs(context.Background())
	must(t, err)
	defer logs.Close()
	lines := bufio.NewScanner(logs)
	for lines.Scan() {
		if at := strings.Index(lines.Text(), `{"ready":true`); at >= 0 {
			return lines.Text()[at:]
		}
	}
	t.Fatal("the sandbox did not say that it is ready")
	return ""
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
