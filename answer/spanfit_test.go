package answer

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/corpus"
)

var fitSpans = flag.Bool("fit-spans", false, "fit the weights of the span model to the SQuAD sets in ../shared/data and write spans.weights")

// spanCase is one question with the candidates of the sentence that holds its
// answer: the features of each, and how good each is (F1 against the gold).
type spanCase struct {
	article string
	set     string
	feats   [][]int
	quality []float64
}

// TestFitSpans fits the span model: a softmax over the candidates of the right
// sentence, by stochastic gradient, with L2. With -fit-spans it prints the
// F1 by leaving every fifth article out, fits on all, and writes the weights.
func TestFitSpans(t *testing.T) {
	if !*fitSpans {
		if len(spanWeights()) == 0 {
			t.Error("spans.weights is empty; run with -fit-spans")
		}
		return
	}
	names := map[string]int{}
	var cases []spanCase
	for _, file := range []string{"xquad-dev-en.json.gz", "squad2-dev.json.gz"} {
		cases = append(cases, readSpanCases(t, filepath.Join("../../shared/data", file), names)...)
	}
	var articles []string
	for _, c := range cases {
		if !slices.Contains(articles, c.article) {
			articles = append(articles, c.article)
		}
	}
	f1 := map[string][2]float64{}
	const folds = 5
	for fold := range folds {
		var train, test []spanCase
		for _, c := range cases {
			if slices.Index(articles, c.article)%folds == fold {
				test = append(test, c)
			} else {
				train = append(train, c)
			}
		}
		w := fitSpanWeights(train, len(names))
		for _, c := range test {
			s := f1[c.set]
			f1[c.set] = [2]float64{s[0] + c.quality[bestOf(c, w)], s[1] + 1}
		}
	}
	provenance := ""
	for _, set := range slices.Sorted(maps.Keys(f1)) {
		provenance += fmt.Sprintf("# %s: F1 %.1f in the right sentence, of %.0f questions\n", set, 100*f1[set][0]/f1[set][1], f1[set][1])
	}
	t.Log("\n" + provenance)
	w := fitSpanWeights(cases, len(names))
	var b strings.Builder
	b.WriteString("# Weights of the span model (spanmodel.go), fitted by go test ./answer -run TestFitSpans -fit-spans.\n# By leaving every fifth article out:\n" + provenance)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if v := w[names[name]]; math.Abs(v) >= 0.1 {
			fmt.Fprintf(&b, "%.2f %s\n", v, name)
		}
	}
	if err := os.WriteFile("spans.weights", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func bestOf(c spanCase, w []float64) int {
	best, at := math.Inf(-1), 0
	for i, f := range c.feats {
		s := 0.0
		for _, k := range f {
			s += w[k]
		}
		if s > best {
			best, at = s, i
		}
	}
	return at
}

// fitSpanWeights maximises the log-likelihood of the best candidates.
func fitSpanWeights(cases []spanCase, n int) []float64 {
	w, g2 := make([]float64, n), make([]float64, n)
	r := rand.New(rand.NewPCG(1, 2))
	order := r.Perm(len(cases))
	const rate, l2, epochs = 0.1, 1e-2, 10
	for range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, o := range order {
			c := cases[o]
			p := make([]float64, len(c.feats))
			top := math.Inf(-1)
			for i, f := range c.feats {
				for _, k := range f {
					p[i] += w[k]
				}
				top = max(top, p[i])
			}
			sum, good, best := 0.0, 0.0, slices.Max(c.quality)
			for i := range p {
				p[i] = math.Exp(p[i] - top)
				sum += p[i]
				if c.quality[i] == best {
					good += p[i]
				}
			}
			grad := map[int]float64{}
			for i, f := range c.feats {
				d := -p[i] / sum
				if c.quality[i] == best {
					d += p[i] / good
				}
				if math.Abs(d) < 1e-6 {
					continue
				}
				for _, k := range f {
					grad[k] += d
				}
			}
			for k, g := range grad {
				g -= l2 * w[k]
				g2[k] += g * g
				w[k] += rate * g / (math.Sqrt(g2[k]) + 1e-3)
			}
		}
	}
	return w
}

// readSpanCases reads the answerable questions of a SQuAD file whose answer
// lies in one sentence.
func readSpanCases(t *testing.T, file string, names map[string]int) []spanCase {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		Data []struct {
			Title      string
			Paragraphs []struct {
				Context string
				QAs     []struct {
					Question     string
					IsImpossible bool `json:"is_impossible"`
					Answers      []struct {
						Text  string
						Start int `json:"answer_start"`
					}
				} `json:"qas"`
			}
		}
	}
	if err := json.NewDecoder(z).Decode(&data); err != nil {
		t.Fatal(err)
	}
	var cases []spanCase
	for _, d := range data.Data {
		var texts []string
		for _, p := range d.Paragraphs {
			texts = append(texts, p.Context)
		}
		l := inMemory(t, []*corpus.Article{corpus.FromParagraphs(d.Title, "en", texts)})
		doc := l.docs[0]
		for i, p := range d.Paragraphs {
			for _, q := range p.QAs {
				if q.IsImpossible || len(q.Answers) == 0 {
					continue
				}
				at := doc.Article.Passages[i].Start
				for range q.Answers[0].Start {
					_, size := utf8.DecodeRuneInString(doc.Article.Text[at:])
					at += size
				}
				gold := corpus.Span{Start: at, End: at + len(q.Answers[0].Text)}
				var golds []string
				for _, a := range q.Answers {
					golds = append(golds, a.Text)
				}
				parsed := l.parse(Question{Text: q.Question}, "en")
				for k := doc.First[i]; k < doc.First[i+1]; k++ {
					if s := &doc.Sentences[k]; s.Contains(gold) {
						if c, ok := spanCaseOf(l.spanContext(parsed, doc, s), golds, names); ok {
							c.article, c.set = d.Title, filepath.Base(file)
							cases = append(cases, c)
						}
					}
				}
			}
		}
	}
	return cases
}

func spanCaseOf(c *spanContext, golds []string, names map[string]int) (spanCase, bool) {
	var sc spanCase
	best := 0.0
	for i := range c.s.Tokens {
		for j := i; j < len(c.s.Tokens) && j < i+maxSpan; j++ {
			if !c.legal(i, j) {
				continue
			}
			var feats []int
			c.features(i, j, func(group, name string) {
				key := group + "=" + name
				k, ok := names[key]
				if !ok {
					k = len(names)
					names[key] = k
				}
				feats = append(feats, k)
			})
			text := c.p.Article.Text[c.s.Tokens[i].Start:c.s.Tokens[j].End]
			quality := 0.0
			for _, g := range golds {
				quality = max(quality, overlapF1(text, g))
			}
			best = max(best, quality)
			sc.feats, sc.quality = append(sc.feats, feats), append(sc.quality, quality)
		}
	}
	return sc, best > 0.3
}

// overlapF1 is SQuAD's F1 in its essence; package eval has it in full.
func overlapF1(a, b string) float64 {
	words := func(s string) []string {
		return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \n,.;:!?\"'“”’()[]$%-–", r) }),
			func(w string) bool { return w == "a" || w == "an" || w == "the" })
	}
	x, y := words(a), words(b)
	same := 0
	for _, w := range x {
		if i := slices.Index(y, w); i >= 0 {
			y = slices.Delete(slices.Clone(y), i, i+1)
			same++
		}
	}
	if same == 0 {
		return 0
	}
	return 2 * float64(same) / float64(len(x)+len(words(b)))
}
