// Package bench measures the program as a whole on libraries that are made up,
// of any size: what starting, building, asking, adding and listing cost.
//
//	go test -run '^$' -bench . ./bench                                  # minutes, 1,000 articles
//	FOOTNOTE_BENCH=1000,10000 go test -run '^$' -bench 'Start|Edit' -timeout 2h ./bench
//	FOOTNOTE_BENCH=29000 go test -run '^$' -bench . -timeout 12h ./bench   # a million passages
//
// It knows the program by its command line and by what its page and -json say, so
// that any two versions can be compared: FOOTNOTE_BENCH_BOT names a binary that was
// built of another. CPU seconds count where a machine is shared; they are those of the
// process, of all its threads. Peak memory is the most that the process ever held
// resident. FOOTNOTE_BENCH_MODEL is given on as -model; without it there are no vectors.
// The libraries, and what is built of them, lie below FOOTNOTE_BENCH_DIR where it is set and
// are then taken again; what is built for one binary is not taken for another.
package bench

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"footnote/internal/madeup"
)

// sizes are the numbers of articles to measure with.
func sizes(b *testing.B) (n []int) {
	for s := range strings.SplitSeq(cmp.Or(os.Getenv("FOOTNOTE_BENCH"), "1000"), ",") {
		i, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || i < 1 {
			b.Fatalf("FOOTNOTE_BENCH is %q; write numbers of articles with commas between", os.Getenv("FOOTNOTE_BENCH"))
		}
		n = append(n, i)
	}
	return n
}

// each runs a benchmark at each size.
func each(b *testing.B, f func(b *testing.B, n int)) {
	for _, n := range sizes(b) {
		b.Run(strconv.Itoa(n), func(b *testing.B) { f(b, n) })
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if home.made {
		os.RemoveAll(home.dir)
	}
	os.Exit(code)
}

// home is the folder in which all is written.
var home struct {
	once sync.Once
	dir  string
	made bool // for this run alone
	err  error
}

func homeDir(b *testing.B) string {
	b.Helper()
	home.once.Do(func() {
		if home.dir = os.Getenv("FOOTNOTE_BENCH_DIR"); home.dir != "" {
			home.err = os.MkdirAll(home.dir, 0o755)
			return
		}
		home.dir, home.err = os.MkdirTemp("", "footnote-bench-")
		home.made = home.err == nil
	})
	if home.err != nil {
		b.Fatal(home.err)
	}
	return home.dir
}

// program is the binary that is measured, and the beginning of its sum.
var program = sync.OnceValues(func() (p struct{ file, sum string }, err error) {
	if p.file = os.Getenv("FOOTNOTE_BENCH_BOT"); p.file == "" {
		p.file = filepath.Join(home.dir, "bot")
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", p.file, "footnote/cmd/bot")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return p, fmt.Errorf("%w: %s", err, out)
		}
	}
	f, err := os.Open(p.file)
	if err != nil {
		return p, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	p.sum = hex.EncodeToString(h.Sum(nil)[:4])
	return p, err
})

func bot(b *testing.B) (file, sum string) {
	b.Helper()
	homeDir(b)
	p, err := program()
	if err != nil {
		b.Fatal(err)
	}
	return p.file, p.sum
}

// library is a library with the folder of what is built of it.
type library struct {
	corpus, data string
	args         []string // -corpus, -data, -model and no limits
	made         madeup.Made
	build        *process // nil where it was built before
}

// written writes a library, unless it is there.
func written(b *testing.B, n, passages int) (dir string, made madeup.Made) {
	b.Helper()
	dir = filepath.Join(homeDir(b), fmt.Sprintf("articles-%d-%d", n, passages))
	note := dir + ".made"
	if text, err := os.ReadFile(note); err == nil {
		if _, err := fmt.Sscan(string(text), &made.Articles, &made.Passages, &made.Bytes); err == nil {
			return dir, made
		}
	}
	texts, err := madeup.Read(os.DirFS("../training/questions"))
	if err != nil {
		b.Fatal(err)
	}
	if made, err = texts.Write(b.Context(), dir, n, madeup.Options{Seed: 1, Passages: passages}); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(note, fmt.Appendln(nil, made.Articles, made.Passages, made.Bytes), 0o644); err != nil {
		b.Fatal(err)
	}
	return dir, made
}

func model() string { return cmp.Or(os.Getenv("FOOTNOTE_BENCH_MODEL"), "none") }

// arguments are those that every run of the program has.
func arguments(corpus, data, model string) []string {
	args := []string{"-corpus", corpus, "-data", data, "-member-limit", "1000000", "-server-limit", "1000000"}
	if model != "built-in" {
		args = append(args, "-model", model)
	}
	return args
}

// built returns a library of n articles of which the index is built. It is shared
// by the benchmarks: who changes something takes a copy, by [fresh].
func built(b *testing.B, n int) library {
	b.Helper()
	dir, made := written(b, n, 0)
	_, sum := bot(b)
	l := library{corpus: dir, made: made, data: fmt.Sprintf("%s.data-%s-%s", dir, sum, filepath.Base(model()))}
	l.args = arguments(l.corpus, l.data, model())
	if _, err := os.Stat(filepath.Join(l.data, "done")); err == nil {
		return l
	}
	l.build = run(b, "", append(l.args, "-rebuild")...)
	if err := os.WriteFile(filepath.Join(l.data, "done"), nil, 0o644); err != nil {
		b.Fatal(err)
	}
	return l
}

// fresh returns a library whose articles may be changed, with its index.
func fresh(b *testing.B, n int) library {
	b.Helper()
	l := built(b, n)
	dir := b.TempDir()
	changed := library{corpus: filepath.Join(dir, "articles"), data: filepath.Join(dir, "data"), made: l.made}
	changed.args = arguments(changed.corpus, changed.data, model())
	if err := os.CopyFS(changed.corpus, os.DirFS(l.corpus)); err != nil {
		b.Fatal(err)
	}
	if err := os.CopyFS(changed.data, os.DirFS(l.data)); err != nil {
		b.Fatal(err)
	}
	// The folder has another name, so the library's index is told to be this one. Where
	// that takes a whole build it is none of the figures.
	changed.build = run(b, "", append(changed.args, "-rebuild")...)
	return changed
}

// process is a run of the program that has ended.
type process struct {
	out       string
	wall, cpu time.Duration
	peak      int64 // bytes
}

// run runs the program to its end.
func run(b *testing.B, in string, args ...string) *process {
	b.Helper()
	file, _ := bot(b)
	cmd := exec.CommandContext(b.Context(), file, args...)
	var out, errOut bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(in), &out, &errOut
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	stop := watchPeak(cmd.Process.Pid)
	err := cmd.Wait()
	p := &process{out: out.String(), wall: time.Since(begin), peak: stop(), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if code := cmd.ProcessState.ExitCode(); err != nil && code != 1 { // 1: no answer
		b.Fatalf("bot %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), errOut.String())
	}
	return p
}

// watchPeak looks at a process's peak until the function that it returns is called. What the
// system tells of a process that has ended holds the peak of who started it as well.
func watchPeak(pid int) (stop func() int64) {
	done, peak := make(chan struct{}), make(chan int64)
	go func() {
		most := int64(0)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, inStatus(pid, "VmHWM"))
			select {
			case <-tick.C:
			case <-done:
				peak <- most
				return
			}
		}
	}()
	return func() int64 { close(done); return <-peak }
}

// inStatus returns a number of bytes from what Linux tells of a process, 0 where it tells nothing.
func inStatus(pid int, key string) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, key+":"); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10
		}
	}
	return 0
}

// cpuOf returns the processor time that a running process has taken, 0 where nothing tells.
func cpuOf(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	const ticks = 100 // a second, on all that Go runs on
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticks
}

var passagesIn = regexp.MustCompile(`([\d,]+) passages`)

// passages is how many passages the program counted, or how many were meant where it does not say.
func (l *library) passages(p *process) float64 {
	if p != nil {
		if m := passagesIn.FindStringSubmatch(p.out); m != nil {
			if n, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64); err == nil {
				return n
			}
		}
	}
	return float64(l.made.Passages)
}

// size returns the bytes of all files below a folder.
func size(b *testing.B, dir string) (n int64) {
	b.Helper()
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

const mb = 1e6

// report tells what runs of the program cost, the mean of all.
func report(b *testing.B, runs []*process) {
	b.Helper()
	var wall, cpu time.Duration
	var peak int64
	for _, p := range runs {
		wall += p.wall
		cpu += p.cpu
		peak = max(peak, p.peak)
	}
	n := float64(len(runs))
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(wall.Seconds()/n, "s")
	b.ReportMetric(cpu.Seconds()/n, "cpu-s")
	b.ReportMetric(float64(peak)/mb, "peak-MB")
}
