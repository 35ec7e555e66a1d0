package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"footnote/internal/testlog"
	"footnote/sandbox"
)

// container is what Dockerfile, compose.yml and .env.example make together:
// everything by which the bot in Docker differs from the same program elsewhere.
type container struct {
	env     map[string]string
	mounts  map[string]bool // path to whether it can be written
	user    uint32
	command []string
	health  []string
	restart string
}

// instruction is a line of a Dockerfile.
var instruction = regexp.MustCompile(`(?m)^([A-Z]+) (.*)$`)

func dockerContainer(t *testing.T) container {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	list := func(s string) (words []string) {
		if err := json.Unmarshal([]byte(s[strings.Index(s, "["):]), &words); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		return words
	}
	// HOME is what Docker sets where there is no /etc/passwd.
	c := container{env: map[string]string{"HOME": "/"}, mounts: map[string]bool{}}
	_, last, _ := strings.Cut(read("Dockerfile"), "\nFROM scratch\n")
	for _, in := range instruction.FindAllStringSubmatch(last, -1) {
		switch in[1] {
		case "ENV":
			for _, pair := range strings.Fields(in[2]) {
				name, value, _ := strings.Cut(pair, "=")
				c.env[name] = value
			}
		case "USER":
			if in[2] != "65532:65532" {
				t.Fatalf("the image runs as %s", in[2])
			}
			c.user = 65532
		case "ENTRYPOINT":
			c.command = list(in[2])
		case "HEALTHCHECK":
			c.health = list(in[2])
		}
	}
	var compose struct {
		Services map[string]struct {
			Volumes     []string
			Environment map[string]string
			EnvFile     string `yaml:"env_file"`
			Restart     string
		}
	}
	if err := yaml.Unmarshal([]byte(read("compose.yml")), &compose); err != nil {
		t.Fatal(err)
	}
	s := compose.Services["footnote"]
	if s.EnvFile != ".env" {
		t.Fatalf("env_file is %q", s.EnvFile)
	}
	// What is copied to .env and filled in. Compose passes empty values on.
	for line := range strings.Lines(read(".env.example")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && line[0] != '#' {
			c.env[name] = value
		}
	}
	for name, value := range s.Environment {
		c.env[name] = value
	}
	for _, v := range s.Volumes {
		parts := strings.Split(v, ":")
		c.mounts[parts[1]] = len(parts) < 3 || parts[2] != "ro"
	}
	c.restart = s.Restart
	return c
}

// As the README says to run it in Docker, with the environment to the letter, the
// bot keeps what it stores, gives its sign of life and takes over what is put
// into the folder of articles, which Docker makes where there is none.
func TestDocker(t *testing.T) {
	slow(t)
	c := dockerContainer(t)
	if writes, ok := c.mounts["/data"]; !ok || !writes || c.env["DATA"] != "/data" {
		t.Errorf("DATA is %q, mounts %v", c.env["DATA"], c.mounts)
	}
	if writes, ok := c.mounts[c.env["CORPUS"]]; !ok || writes {
		t.Errorf("CORPUS is %q, mounts %v", c.env["CORPUS"], c.mounts)
	}
	for _, with := range []string{"compose", "an env file alone"} {
		t.Run(with, func(t *testing.T) {
			t.Parallel()
			c := dockerContainer(t)
			if with != "compose" { // docker run --env-file .env -v footnote:/data
				c.env["DATA"], c.env["CORPUS"] = "", "/articles"
			}
			runContainer(t, c)
		})
	}
}

func runContainer(t *testing.T, c container) {
	// The image's root: the program, and the folders where they are mounted.
	root := t.TempDir()
	for dir := root; dir != filepath.Dir(dir) && os.Getuid() == 0; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode()&0o011 == 0 && strings.HasPrefix(dir, os.TempDir()+"/") {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	for mount, writes := range c.mounts {
		if err := os.Mkdir(root+mount, 0o755); err != nil {
			t.Fatal(err)
		}
		if writes && os.Getuid() == 0 {
			if err := os.Chown(root+mount, int(c.user), int(c.user)); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Copied by another process: while this one holds a file open to write, what a
	// test beside it starts holds it too, and it cannot be run.
	if out, err := exec.Command("cp", os.Args[0], root+c.command[0]).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s, err := sandbox.New(sandbox.Options{World: sandbox.DefaultWorld("Footnote")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	c.env["DISCORD_TOKEN"] = s.Token()
	env := []string{standInVariable + "=" + s.URL()}
	for name, value := range c.env {
		if strings.HasPrefix(value, "/") && name != "HOME" {
			value = root + value
		}
		env = append(env, name+"="+value)
	}
	start := func(ctx context.Context, command []string) (*exec.Cmd, *buffer) {
		cmd := exec.CommandContext(ctx, root+command[0], command[1:]...)
		cmd.Env, cmd.Dir = env, root
		if os.Getuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: c.user, Gid: c.user}}
		} else {
			t.Log("only the superuser can run it as the image's user: it runs as this one")
		}
		out := &buffer{}
		cmd.Stdout, cmd.Stderr = out, testlog.Keep(out)
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
		cmd.WaitDelay = 10 * time.Second
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd, out
	}
	health := func() (bool, string) {
		cmd, out := start(t.Context(), c.health)
		return cmd.Wait() == nil, out.String()
	}
	until := func(what string, ok func() bool, out *buffer) {
		t.Helper()
		for end := time.Now().Add(40 * time.Second); !ok(); time.Sleep(200 * time.Millisecond) {
			if time.Now().After(end) {
				_, says := health()
				t.Fatalf("%s does not happen; the health check says %s and the bot\n%s", what, says, out)
			}
		}
	}
	for turn := range 2 { // the second is after a reboot
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		cmd, out := start(ctx, c.command)
		until("health", func() bool { well, _ := health(); return well }, out)
		if _, err := os.Stat(root + "/data/health.json"); err != nil && c.env["DATA"] != "" {
			t.Error(err)
		}
		if turn == 0 {
			if !strings.Contains(out.String(), "has no article; put a file there that ends in .md, .txt or .html") {
				t.Errorf("that the folder of articles is empty is not said:\n%s", out)
			}
			if err := os.WriteFile(root+"/articles/ferry.md", []byte(good), 0o644); err != nil {
				t.Fatal(err)
			}
			until("the article's taking over", func() bool { return strings.Contains(out.String(), "a new library answers") }, out)
		}
		m, err := s.Post(ctx, s.As("reader", "dm"), asks, "")
		if err != nil {
			t.Fatal(err)
		}
		testlog.Asked(asks)
		wait, cancel := context.WithTimeout(ctx, 20*time.Second)
		if r, err := s.WaitReply(wait, m); err != nil || !strings.Contains(r.Content, "noon") {
			t.Errorf("the answer is %v, %v", r, err)
		}
		cancel()
		for _, ill := range []string{"memory", "cannot", "level=ERROR", s.Token()} {
			if strings.Contains(out.String(), ill) {
				t.Errorf("the bot says %q:\n%s", ill, out)
			}
		}
		stop() // docker stop
		if err := cmd.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the bot ends with %v:\n%s", err, out)
		}
		if well, says := health(); well || !strings.HasPrefix(says, "no bot runs on ") {
			t.Errorf("once it has ended the health check says %s", says)
		}
	}
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("the bot broke rules of Discord: %v", v)
	}
}

// A setting that is given empty is not set, wherever it is given.
func TestEmptySettings(t *testing.T) {
	t.Chdir(t.TempDir())
	none := func(string) string { return "" }
	want, err := parseConfig(nil, none, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var file strings.Builder
	for _, s := range settings {
		file.WriteString(s.env + "=\n")
		for _, empty := range []string{"", " ", `""`, "''", "\t"} {
			var args []string
			if s.flag != "" {
				args = []string{"-" + s.flag, empty}
			}
			for _, args := range [][]string{nil, args} {
				got, err := parseConfig(args, func(name string) string {
					return map[string]string{s.env: empty}[name]
				}, io.Discard)
				if err != nil {
					t.Errorf("%s=%q %q: %v", s.env, empty, args, err)
				} else if got.data != want.data || got.addr != want.addr || got.member != want.member || got.server != want.server || got.content != want.content || got.shards != want.shards || got.level != want.level || got.token != "" || got.corpus != "" {
					t.Errorf("%s=%q %q: got %+v, want %+v", s.env, empty, args, got, want)
				}
			}
		}
	}
	if err := os.WriteFile(".env", []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := parseConfig(nil, none, io.Discard); err != nil || got.data != want.data {
		t.Errorf(".env of empty values: %+v, %v", got, err)
	}
}

// The files for Docker are held against what npm has of linters for them.
func TestDockerLint(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it fetches linters")
	}
	dir := t.TempDir()
	npm := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "dockerfile-utils@0.16.3", "dclint@3.1.0")
	if out, err := npm.CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the linters cannot be had from npm: %v\n%s", err, out)
		}
		t.Skipf("skipped: the linters cannot be had from npm: %v", err)
	}
	for _, lint := range [][]string{{"dockerfile-utils", "lint", "../../Dockerfile"}, {"dclint", "--max-warnings", "0", "../../compose.yml"}} {
		cmd := exec.Command(filepath.Join(dir, "node_modules", ".bin", lint[0]), lint[1:]...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", lint[0], err, out)
		}
	}
}
