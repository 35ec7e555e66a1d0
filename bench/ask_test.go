package bench

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"footnote/internal/madeup"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"
)

// BenchmarkAsk asks one question in the terminal of a library that is built.
func BenchmarkAsk(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		questions := l.questions(b)
		var runs []*process
		i := 0
		for b.Loop() {
			runs = append(runs, run(b, "", append(l.args, "-ask", questions[i%len(questions)].Question)...))
			i++
		}
		report(b, runs)
	})
}

func (l *library) questions(b *testing.B) []madeup.Question {
	b.Helper()
	q, err := madeup.Questions(l.corpus)
	if err != nil || len(q) == 0 {
		b.Fatalf("%d questions, %v", len(q), err)
	}
	return q
}

// reply is what -json tells of an answer, as far as it matters here.
type reply struct {
	Status   string `json:"status"`
	Quote    string `json:"quote"`
	Citation *struct {
		Article string `json:"article"`
	} `json:"citation"`
	Took int64 `json:"took_us"`
}

// answers reports whether the sentence asked for was quoted.
func (r *reply) answers(q madeup.Question) bool {
	return r.Citation != nil && r.Citation.Article == q.Article && strings.Contains(q.Sentence, strings.Join(strings.Fields(r.Quote), " "))
}

// asking is the program, to which questions are put one after the other.
type asking struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func (l *library) ask(b *testing.B) *asking {
	b.Helper()
	file, _ := bot(b)
	a := &asking{cmd: exec.Command(file, append(l.args, "-ask", "-", "-json")...)}
	var err error
	if a.in, err = a.cmd.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	out, err := a.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	a.out = bufio.NewScanner(out)
	a.out.Buffer(nil, 1<<20)
	if err := a.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		a.in.Close()
		_ = a.cmd.Wait()
	})
	a.put(b, "Is it open?")
	return a
}

// put puts a question and returns what comes of it.
func (a *asking) put(b *testing.B, question string) (r reply) {
	b.Helper()
	if _, err := io.WriteString(a.in, question+"\n"); err != nil {
		b.Fatal(err)
	}
	if !a.out.Scan() {
		b.Fatalf("no answer to %q: %v", question, a.out.Err())
	}
	if err := json.Unmarshal(a.out.Bytes(), &r); err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkThousand puts a thousand different questions to one process: what it holds
// resident afterwards, how long they take, how many are answered with the very sentence.
func BenchmarkThousand(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		questions := l.questions(b)
		for b.Loop() {
			a := l.ask(b)
			before := cpuOf(a.cmd.Process.Pid)
			var took []time.Duration
			right, answered := 0, 0
			for i := range 1000 {
				q := questions[i%len(questions)]
				text := q.Question
				if round := i / len(questions); round > 0 { // or it is kept from before
					text = strings.Repeat("please ", round) + text
				}
				r := a.put(b, text)
				took = append(took, time.Duration(r.Took)*time.Microsecond)
				if r.Status == "answered" {
					answered++
				}
				if r.answers(q) {
					right++
				}
			}
			pid := a.cmd.Process.Pid
			slices.Sort(took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(inStatus(pid, "VmRSS"))/mb, "resident-MB")
			b.ReportMetric(float64(inStatus(pid, "VmHWM"))/mb, "peak-MB")
			b.ReportMetric(float64((cpuOf(pid)-before).Milliseconds())/1000, "cpu-ms/question")
			b.ReportMetric(ms(took[500]), "p50-ms")
			b.ReportMetric(ms(took[990]), "p99-ms")
			b.ReportMetric(float64(right)/10, "%right")
			b.ReportMetric(float64(answered)/10, "%answered")
		}
	})
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkQuestion puts questions to the program and, in turn, to plain bleve as one would
// write it with bleve alone: one text field, a match query, ten hits. What counts is
// processor time: of the program that of its process, of bleve that of this one.
func BenchmarkQuestion(b *testing.B) {
	each(b, func(b *testing.B, n int) {
		l := built(b, n)
		questions := l.questions(b)
		x := l.plainBleve(b)
		a := l.ask(b)
		pid := a.cmd.Process.Pid
		match := func(q string) {
			m := bleve.NewMatchQuery(q)
			m.SetField("text")
			if _, err := x.SearchInContext(b.Context(), bleve.NewSearchRequestOptions(m, 10, 0, false)); err != nil {
				b.Fatal(err)
			}
		}
		for _, q := range questions[:min(len(questions), 50)] { // what is read once is read
			a.put(b, q.Question)
			match(q.Question)
		}
		var own, plain time.Duration
		asked, round := 0, 0
		for b.Loop() { // rounds of all questions, or what a round takes would be less than a clock's tick
			round++
			before := cpuOf(pid)
			for _, q := range questions {
				a.put(b, strings.Repeat("please ", round)+q.Question) // or it is kept from before
			}
			own += cpuOf(pid) - before
			before = cpuOf(os.Getpid())
			for range 5 {
				for _, q := range questions {
					match(q.Question)
				}
			}
			plain += (cpuOf(os.Getpid()) - before) / 5
			asked += len(questions)
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(ms(own)/float64(asked), "own-cpu-ms")
		b.ReportMetric(ms(plain)/float64(asked), "bleve-cpu-ms")
		b.ReportMetric(float64(own)/float64(plain), "x-bleve")
	})
}

// plainBleve indexes the passages of a library, an empty line between them, with bleve alone.
func (l *library) plainBleve(b *testing.B) bleve.Index {
	b.Helper()
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	f := bleve.NewTextFieldMapping()
	f.Analyzer, f.Store, f.DocValues, f.IncludeTermVectors, f.IncludeInAll = "en", false, false, false, false
	doc.AddFieldMappingsAt("text", f)
	m.DefaultMapping = doc
	dir := b.TempDir()
	builder, err := bleve.NewBuilder(dir+"/plain", m, map[string]any{"batchSize": 5000, "buildPathPrefix": dir})
	if err != nil {
		b.Fatal(err)
	}
	for id, text := range l.texts(b) {
		if err := builder.Index(id, map[string]any{"text": text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	x, err := bleve.OpenUsing(dir+"/plain", map[string]any{"read_only": true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return x
}
