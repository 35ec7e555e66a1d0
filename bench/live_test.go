package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// texts are the passages of a library as they stand in the files.
func (l *library) texts(b *testing.B) iter.Seq2[string, string] {
	return func(yield func(id, text string) bool) {
		err := filepath.WalkDir(l.corpus, func(file string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".md" {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			_, body, _ := strings.Cut(strings.TrimPrefix(string(text), "---\n"), "---\n")
			for i, p := range strings.Split(body, "\n\n") {
				if p = strings.TrimSpace(p); p != "" && !strings.HasPrefix(p, "#") && !yield(fmt.Sprintf("%s#%d", file, i), p) {
					return fs.SkipAll
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// live is the program as it runs against its stand-in for Discord, with its page.
type live struct {
	b     *testing.B
	cmd   *exec.Cmd
	url   string
	start time.Duration // until it can be asked
	once  sync.Once

	user, channel string
	mu            sync.Mutex
	last          message // that became visible last, new or edited
}

type message struct {
	ID         string          `json:"id"`
	Content    string          `json:"content"`
	Components json.RawMessage `json:"components"`
}

var pageAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// start starts the program and waits until it can be asked.
func (l *library) start(b *testing.B) *live {
	b.Helper()
	file, _ := bot(b)
	v := &live{b: b, cmd: exec.Command(file, append(l.args, "-sandbox", "-addr", "127.0.0.1:0")...)}
	in, err := v.cmd.StdinPipe() // which stays open
	if err != nil {
		b.Fatal(err)
	}
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	if err := v.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		v.stop()
		in.Close()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if v.url = pageAt.FindString(lines.Text()); v.url != "" {
			break
		}
	}
	v.start = time.Since(begin)
	if v.url == "" {
		b.Fatal("the program tells no address")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	v.listen()
	return v
}

func (v *live) pid() int { return v.cmd.Process.Pid }

// stop ends the program and returns how long that takes.
func (v *live) stop() (took time.Duration) {
	v.once.Do(func() {
		begin := time.Now()
		_ = v.cmd.Process.Signal(syscall.SIGTERM)
		_ = v.cmd.Wait()
		took = time.Since(begin)
	})
	return took
}

// listen learns who and where one is, and then what becomes visible.
func (v *live) listen() {
	r, err := http.Get(v.url + "/events")
	if err != nil {
		v.b.Fatal(err)
	}
	lines := bufio.NewReader(r.Body)
	ready := make(chan struct{})
	go func() {
		defer r.Body.Close()
		kind := ""
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if k, ok := strings.CutPrefix(line, "event: "); ok {
				kind = strings.TrimSpace(k)
			}
			data, ok := strings.CutPrefix(line, "data: ")
			if !ok {
				continue
			}
			var world struct {
				Me       string `json:"me"`
				Channels []struct {
					ID string `json:"id"`
				} `json:"channels"`
			}
			var m message
			switch {
			case kind == "world" && v.user == "" && json.Unmarshal([]byte(data), &world) == nil && len(world.Channels) > 0:
				v.user, v.channel = world.Me, world.Channels[0].ID
				close(ready)
			case kind != "messages" && json.Unmarshal([]byte(data), &m) == nil && m.ID != "" && len(m.Components) > 0:
				v.mu.Lock()
				v.last = m
				v.mu.Unlock()
			}
		}
	}()
	select {
	case <-ready:
	case <-time.After(10 * time.Second):
		v.b.Fatal("the page does not say who is there")
	}
}

// shown returns the message that became visible last.
func (v *live) shown() message {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.last
}

type fields map[string]any

// do does something as a person and returns how long it takes until it shows.
func (v *live) do(what string, f fields) time.Duration {
	v.b.Helper()
	took, refused := v.try(what, f)
	if refused != "" {
		v.b.Fatalf("%s %v: %s", what, f, refused)
	}
	return took
}

// try is do where Discord's client may refuse: a message may have changed since it was seen.
func (v *live) try(what string, f fields) (took time.Duration, refused string) {
	v.b.Helper()
	f["user"], f["channel"] = v.user, v.channel
	body, err := json.Marshal(f)
	if err != nil {
		v.b.Fatal(err)
	}
	begin := time.Now()
	r, err := http.Post(v.url+"/do/"+what, "application/json", bytes.NewReader(body))
	if err != nil {
		v.b.Fatal(err)
	}
	defer r.Body.Close()
	out, err := io.ReadAll(r.Body)
	took = time.Since(begin)
	if err != nil || r.StatusCode != http.StatusOK {
		v.b.Fatalf("%s %s: %v %s %s", what, body, err, r.Status, out)
	}
	if bytes.Contains(out, []byte(`"error"`)) {
		return took, string(out)
	}
	return took, ""
}

// BenchmarkStart starts the program on a library that is built, until it can be asked, and
// ends it again.
func BenchmarkStart(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		bot(b)
		var start, stop, cpu time.Duration
		var peak, resident int64
		times := 0
		for b.Loop() {
			v := l.start(b)
			start += v.start
			cpu += cpuOf(v.pid())
			peak, resident = max(peak, inStatus(v.pid(), "VmHWM")), max(resident, inStatus(v.pid(), "VmRSS"))
			stop = max(stop, v.stop())
			times++
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(start.Seconds()/float64(times), "s")
		b.ReportMetric(cpu.Seconds()/float64(times), "cpu-s")
		b.ReportMetric(float64(peak)/mb, "peak-MB")
		b.ReportMetric(float64(resident)/mb, "resident-MB")
		b.ReportMetric(stop.Seconds(), "stop-s")
	})
}

// BenchmarkEdit changes one article, or adds one, while the program runs: how long until what
// is new is quoted, and what that costs. The program looks at its library once a second.
func BenchmarkEdit(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := fresh(b, n)
		v := l.start(b)
		v.settle()
		files, err := filepath.Glob(filepath.Join(l.corpus, "000", "*.md"))
		if err != nil || len(files) == 0 {
			b.Fatal(files, err)
		}
		var wall, cpu time.Duration
		times := 0
		for b.Loop() {
			crates := fmt.Sprintf("%d", 310_000+times)
			text := fmt.Sprintf("\n\nThe barge Quenlivarra%d carried %s crates of lamp oil to the upper quay.\n", times, crates)
			file := files[(times*7)%len(files)]
			old, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			if times%2 == 1 { // an article of its own
				file = filepath.Join(l.corpus, "000", fmt.Sprintf("barge-%d.md", times))
				old = []byte("---\ntitle: The barge\npublished: 2024-05-06\nlanguage: en\n---\n")
			}
			before, begin := cpuOf(v.pid()), time.Now()
			if err := os.WriteFile(file, append(old, text...), 0o644); err != nil {
				b.Fatal(err)
			}
			for !strings.Contains(v.shown().Content, crates) {
				if time.Since(begin) > 30*time.Minute {
					b.Fatal("what is new is not quoted after half an hour")
				}
				time.Sleep(100 * time.Millisecond)
				v.do("slash", fields{"name": "search", "options": fields{"words": fmt.Sprintf("Quenlivarra%d", times)}})
				time.Sleep(20 * time.Millisecond)
			}
			wall += time.Since(begin)
			v.settle() // what is left to do is part of it
			cpu += cpuOf(v.pid()) - before
			times++
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(wall.Seconds()/float64(times), "s")
		b.ReportMetric(cpu.Seconds()/float64(times), "cpu-s")
		b.ReportMetric(float64(inStatus(v.pid(), "VmHWM"))/mb, "peak-MB")
	})
}

// settle waits until the program does next to nothing.
func (v *live) settle() {
	for range 600 {
		before := cpuOf(v.pid())
		time.Sleep(500 * time.Millisecond)
		if cpuOf(v.pid())-before <= 20*time.Millisecond {
			return
		}
	}
}

// BenchmarkAskEdited asks a question in the terminal right after one article was changed.
func BenchmarkAskEdited(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := fresh(b, n)
		files, err := filepath.Glob(filepath.Join(l.corpus, "000", "*.md"))
		if err != nil || len(files) == 0 {
			b.Fatal(files, err)
		}
		var runs []*process
		for b.Loop() {
			i := len(runs)
			f, err := os.OpenFile(files[(i*7)%len(files)], os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				b.Fatal(err)
			}
			fmt.Fprintf(f, "\n\nThe barge Quenlivarra%d carried %d crates of lamp oil.\n", i, 310_000+i)
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
			p := run(b, "", append(l.args, "-ask", fmt.Sprintf("How many crates did the barge Quenlivarra%d carry?", i))...)
			if !strings.Contains(p.out, fmt.Sprint(310_000+i)) {
				b.Fatalf("what is new is not quoted: %s", p.out)
			}
			runs = append(runs, p)
		}
		report(b, runs)
	})
}

// nextButton matches the button of a list's next page, and the id by which it is pressed.
var nextButton = regexp.MustCompile(`"custom_id":"([^"]+)","label":"Next `)

// BenchmarkLists lists what the library holds, page by page, as members do: each figure is
// the time until the reply shows, the median and the 99th percentile. The first look at each
// list is told apart, since something may be worked out for it then.
func BenchmarkLists(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		speakers := l.speakers(b)
		b.Run("figures", func(b *testing.B) { l.list(b, "figures") })
		b.Run("timeline", func(b *testing.B) { l.list(b, "timeline") })
		b.Run("all-said", func(b *testing.B) { l.list(b, "said") })
		b.Run("disagreements", func(b *testing.B) { l.list(b, "disagreements") })
		b.Run("said", func(b *testing.B) {
			l.many(b, func(v *live, i int) time.Duration {
				return v.do("slash", fields{"name": "said", "options": fields{"speaker": speakers[i%len(speakers)]}})
			})
		})
		b.Run("complete-speaker", func(b *testing.B) {
			l.many(b, func(v *live, i int) time.Duration {
				s := speakers[i%len(speakers)]
				return v.do("complete", fields{"name": "said", "focused": "speaker", "options": fields{"speaker": s[:1+i%4]}})
			})
		})
		b.Run("complete-question", func(b *testing.B) {
			l.many(b, func(v *live, i int) time.Duration {
				s := speakers[i%len(speakers)]
				return v.do("complete", fields{"name": "ask", "focused": "question", "options": fields{"question": "who is " + s[:1+i%4]}})
			})
		})
		b.Run("complete-article", func(b *testing.B) {
			l.many(b, func(v *live, i int) time.Duration {
				s := speakers[i%len(speakers)]
				return v.do("complete", fields{"name": "ask", "focused": "article", "options": fields{"article": s[:1+i%4]}})
			})
		})
	})
}

var saysName = regexp.MustCompile(`(?:," said|," says|\bsaid) ([A-Z][a-z]+ [A-Z][a-z]+)`)

// speakers are names of people who say something in the library, a few hundred.
func (l *library) speakers(b *testing.B) (names []string) {
	b.Helper()
	for _, text := range l.texts(b) {
		if m := saysName.FindStringSubmatch(text); m != nil {
			if names = append(names, m[1]); len(names) == 300 {
				break
			}
		}
	}
	if len(names) == 0 {
		b.Fatal("nobody speaks")
	}
	return names
}

// list shows a list of the library and then page after page of it.
func (l *library) list(b *testing.B, view string) {
	v := l.start(b)
	v.settle()
	first := v.do("slash", fields{"name": "article", "options": fields{"view": view}})
	var took []time.Duration
	for b.Loop() {
		time.Sleep(5 * time.Millisecond) // until the page knows
		m := v.shown()
		if next := nextButton.FindSubmatch(m.Components); next != nil {
			if one, refused := v.try("press", fields{"message": m.ID, "name": string(next[1])}); refused == "" {
				took = append(took, one)
				continue
			}
		}
		took = append(took, v.do("slash", fields{"name": "article", "options": fields{"view": view}}))
	}
	b.ReportMetric(ms(first), "first-ms")
	percentiles(b, took)
}

// many does something again and again.
func (l *library) many(b *testing.B, once func(v *live, i int) time.Duration) {
	v := l.start(b)
	v.settle()
	first := once(v, 0)
	var took []time.Duration
	for b.Loop() {
		took = append(took, once(v, len(took)+1))
	}
	b.ReportMetric(ms(first), "first-ms")
	percentiles(b, took)
}

func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
}
