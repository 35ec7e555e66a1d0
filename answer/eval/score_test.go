package eval

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"footnote/answer"
	"footnote/corpus"
)

// where returns the place of the sentence that the words begin.
func where(words string) answer.Where {
	return answer.Where{Article: "tides", Paragraph: 1, Sentence: sentenceAt(tides, at(tides, words).Start)}
}

// whats returns what went wrong, sorted.
func whats(misses []Miss) []string {
	var all []string
	for _, m := range misses {
		all = append(all, m.What)
	}
	slices.Sort(all)
	return all
}

func checkMisses(t *testing.T, name string, misses []Miss, want string) {
	t.Helper()
	if got := strings.Join(whats(misses), ", "); got != want {
		t.Errorf("%s: misses %q, want %q", name, got, want)
	}
}

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Ghassan Salame", "ghassan salame", true},
		{"Ghassan Salame", "Salame", true},
		{"the United Nations", "United Nations", true},
		{"The Guardian", "the guardian's", true},
		{"Ana Ruiz", "Mayor Ana Ruiz", true},
		{"prime minister Rishi Sunak", "Mr Sunak", true},
		{"United Nations", "UN", true},
		{"U.N.", "United Nations", true},
		{"Government of National Accord", "GNA", true},
		{"UN High Commissioner for Refugees", "UNHCR", true},
		{"police officials", "officials", true},
		{"the prime minister", "prime minister", true},
		{"Fayez al-Sarraj", "al-Sarraj", true},
		{"", "", true},
		{"", "the UN", false},
		{"Ghassan Salame", "Ghassan", false},
		{"Ana Ruiz", "Eva Ruiz", false},
		{"police", "police officials", false},
		{"the prime minister", "the president", false},
		{"United Nations", "un", false},
		{"United Nations", "UK", false},
		{"UN", "US", false},
		{"US", "United States Navy", false},
	} {
		if sameName(c.a, c.b) != c.same || sameName(c.b, c.a) != c.same {
			t.Errorf("%q and %q: want %v both ways", c.a, c.b, c.same)
		}
	}
}

func TestPair(t *testing.T) {
	for _, c := range []struct {
		name string
		fit  [][]int // label by finding
		of   []int
	}{
		{"each once", [][]int{{1, 1}, {1, 1}}, []int{0, 1}},
		{"the best first", [][]int{{1, 2}, {0, 3}}, []int{0, 1}},
		{"none left", [][]int{{1}, {2}}, []int{-1, 0}},
		{"nothing fits", [][]int{{0, 0}}, []int{-1}},
	} {
		p := pair(len(c.fit), len(c.fit[0]), func(i, k int) int { return c.fit[i][k] })
		if !slices.Equal(p.of, c.of) {
			t.Errorf("%s: %v, want %v", c.name, p.of, c.of)
		}
		for k, taken := range p.taken {
			if taken != slices.Contains(p.of, k) {
				t.Errorf("%s: finding %d taken is %v", c.name, k, taken)
			}
		}
	}
}

func TestMostly(t *testing.T) {
	for _, c := range []struct {
		a, b corpus.Span
		want bool
	}{
		{corpus.Span{Start: 0, End: 10}, corpus.Span{Start: 0, End: 10}, true},
		{corpus.Span{Start: 0, End: 10}, corpus.Span{Start: 4, End: 100}, true},  // 6 of 10
		{corpus.Span{Start: 0, End: 10}, corpus.Span{Start: 5, End: 100}, false}, // half is not more than half
		{corpus.Span{Start: 0, End: 10}, corpus.Span{Start: 10, End: 20}, false},
		{corpus.Span{Start: 3, End: 3}, corpus.Span{Start: 0, End: 10}, false},
	} {
		if mostly(c.a, c.b) != c.want || mostly(c.b, c.a) != c.want {
			t.Errorf("%v and %v: want %v both ways", c.a, c.b, c.want)
		}
	}
}

func TestScoreSaid(t *testing.T) {
	first, second := where("Mayor"), where("“We lost")
	ana, ember := at(tides, "Ana Ruiz"), at(tides, "Port Ember")
	shorter := second
	shorter.Sentence.Start += 10 // where another splitter sees it begin
	two := []SaidLabel{{first.Sentence, ana, false}, {first.Sentence, ember, false}}
	for _, c := range []struct {
		name   string
		labels []SaidLabel
		got    []answer.Statement
		right  [3]int // matched, speaker, direct
		misses string
	}{
		{"all right", []SaidLabel{{first.Sentence, ana, false}, {second.Sentence, ana, true}},
			[]answer.Statement{{Where: first, Speaker: "Ana Ruiz"}, {Where: shorter, Speaker: "Mayor Ruiz", Direct: true}}, [3]int{2, 2, 2}, ""},
		{"two speak in one sentence", two,
			[]answer.Statement{{Where: first, Speaker: "Port Ember"}, {Where: first, Speaker: "Ana Ruiz"}}, [3]int{2, 2, 2}, ""},
		{"one of two", two, []answer.Statement{{Where: first, Speaker: "Port Ember"}}, [3]int{1, 1, 1}, "missed"},
		{"one statement too many", two[:1],
			[]answer.Statement{{Where: first, Speaker: "Kilmory"}, {Where: first, Speaker: "Ana Ruiz"}}, [3]int{1, 1, 1}, "false"},
		{"another speaker", two[:1], []answer.Statement{{Where: first, Speaker: "Kilmory", Direct: true}}, [3]int{1, 0, 0}, "wrong speaker, wrongly direct or reported"},
		{"another sentence", two[:1], []answer.Statement{{Where: second, Speaker: "Ana Ruiz"}}, [3]int{}, "false, missed"},
		{"nothing found", two, nil, [3]int{}, "missed, missed"},
		{"nothing labelled", nil, []answer.Statement{{Where: first, Speaker: "Ana Ruiz"}}, [3]int{}, "false"},
	} {
		s, misses := scoreSaid(tides, c.labels, c.got)
		if got := [3]int{s.Right, s.Speaker, s.Direct}; got != c.right || s.Labels != len(c.labels) || s.Found != len(c.got) {
			t.Errorf("%s: %+v, want %v right", c.name, s, c.right)
		}
		checkMisses(t, c.name, misses, c.misses)
	}
}

func TestScoreFigures(t *testing.T) {
	boats := FigureLabel{Number: at(tides, "12"), Counts: at(tides, "boats"), By: at(tides, "Ana Ruiz")}
	nets := FigureLabel{Number: at(tides, "some 40"), Counts: at(tides, "nets")}
	gulls := FigureLabel{Number: at(tides, "dozens"), Counts: at(tides, "gulls"), Vague: true}
	found := func(begin, number, counts, by string) answer.Figure {
		f := answer.Figure{Where: where(begin), Number: at(tides, number), SaidBy: by}
		if counts != "" {
			f.Counts = at(tides, counts)
		}
		return f
	}
	for _, c := range []struct {
		name   string
		labels []FigureLabel
		got    []answer.Figure
		count  [3]int // labels, found, right
		right  [3]int // counts, by, exact
		vague  int    // found
		misses string
	}{
		{"all right", []FigureLabel{boats, nets}, []answer.Figure{found("Mayor", "12", "boats", "Mayor Ruiz"), found("“We", "some 40", "nets", "")}, [3]int{2, 2, 2}, [3]int{2, 2, 2}, 0, ""},
		{"without its hedge", []FigureLabel{nets}, []answer.Figure{found("“We", "40", "nets", "")}, [3]int{1, 1, 1}, [3]int{1, 1, 0}, 0, "number not exact"},
		{"wrong in all", []FigureLabel{boats}, []answer.Figure{found("Mayor", "12 boats", "", "")}, [3]int{1, 1, 1}, [3]int{0, 0, 0}, 0,
			"number not exact, wrong in what it counts, wrong in who counted"},
		{"somebody counted whom the article does not name", []FigureLabel{nets}, []answer.Figure{found("“We", "some 40", "nets", "Ana Ruiz")}, [3]int{1, 1, 1}, [3]int{1, 0, 1}, 0, "wrong in who counted"},
		{"a vague one is not missed", []FigureLabel{boats, gulls}, []answer.Figure{found("Mayor", "12", "boats", "Ana Ruiz")}, [3]int{1, 1, 1}, [3]int{1, 1, 1}, 0, ""},
		{"nor false", []FigureLabel{gulls}, []answer.Figure{found("The harbour", "dozens of", "", "x")}, [3]int{0, 0, 0}, [3]int{}, 1, ""},
		{"a year is false", []FigureLabel{gulls}, []answer.Figure{found("The harbour", "2011", "", "")}, [3]int{0, 1, 0}, [3]int{}, 0, "false"},
		{"found twice", []FigureLabel{nets}, []answer.Figure{found("“We", "40", "", ""), found("“We", "some 40", "nets", "")}, [3]int{1, 2, 1}, [3]int{1, 1, 1}, 0, "false"},
		{"missed", []FigureLabel{nets}, []answer.Figure{found("Mayor", "12", "boats", "")}, [3]int{1, 1, 0}, [3]int{}, 0, "false, missed"},
	} {
		s, misses := scoreFigures(tides, c.labels, c.got)
		if count, right := [3]int{s.Labels, s.Found, s.Right}, [3]int{s.Counts, s.By, s.Exact}; count != c.count || right != c.right || s.VagueFound != c.vague {
			t.Errorf("%s: %+v, want %v and %v with %d vague", c.name, s, c.count, c.right, c.vague)
		}
		checkMisses(t, c.name, misses, c.misses)
	}
}

func TestScoreEvents(t *testing.T) {
	monday, year := EventLabel{at(tides, "Monday"), "2019-09-23"}, EventLabel{at(tides, "2011"), "2011"}
	found := func(begin, words, date string) dated {
		return dated{sentence: where(begin).Sentence, words: at(tides, words), date: date}
	}
	for _, c := range []struct {
		name          string
		labels        []EventLabel
		got           []dated
		right, placed int
		misses        string
	}{
		{"right", []EventLabel{monday, year}, []dated{found("The harbour", "in 2011", "2011"), found("Mayor", "on Monday", "2019-09-23")}, 2, 2, ""},
		{"another date", []EventLabel{monday}, []dated{found("Mayor", "Monday", "2019-09-30")}, 0, 1, "wrong date"},
		{"the right one of two", []EventLabel{monday}, []dated{found("Mayor", "Monday", "2019-09-30"), found("Mayor", "Monday", "2019-09-23")}, 1, 1, "false"},
		{"other words", []EventLabel{monday}, []dated{found("Mayor", "12", "2019-09-23")}, 0, 0, "false, missed"},
		{"another sentence", []EventLabel{monday}, []dated{{sentence: where("“We").Sentence, words: monday.Words, date: monday.Dated}}, 0, 0, "false, missed"},
	} {
		s, misses := scoreEvents(tides, c.labels, c.got)
		if s.Right != c.right || s.Placed != c.placed || s.Labels != len(c.labels) || s.Found != len(c.got) {
			t.Errorf("%s: %+v, want %d right, %d placed", c.name, s, c.right, c.placed)
		}
		checkMisses(t, c.name, misses, c.misses)
	}
}

func TestScoreRelations(t *testing.T) {
	ember, kilmory := at(tides, "Port Ember"), at(tides, "Kilmory")
	label := func(kind answer.RelationKind) []RelationLabel { return []RelationLabel{{kind, ember, kilmory}} }
	found := func(kind answer.RelationKind, actor, target corpus.Span) answer.Relation {
		return answer.Relation{Where: where("Port Ember"), Kind: kind, Actor: "Port Ember", Target: "Kilmory", ActorAt: actor, TargetAt: target}
	}
	elsewhere := found(answer.Backs, ember, kilmory)
	elsewhere.Where = where("The harbour")
	for _, c := range []struct {
		name   string
		labels []RelationLabel
		got    answer.Relation
		right  int
	}{
		{"right", label(answer.Backs), found(answer.Backs, ember, kilmory), 1},
		{"a part of the name", label(answer.Backs), found(answer.Backs, at(tides, "Ember"), kilmory), 1},
		{"another kind", label(answer.Fights), found(answer.Backs, ember, kilmory), 0},
		{"turned round", label(answer.Backs), found(answer.Backs, kilmory, ember), 0},
		{"allied either way round", label(answer.Allied), found(answer.Allied, kilmory, ember), 1},
		{"meets either way round", label(answer.Meets), found(answer.Meets, kilmory, ember), 1},
		{"another sentence", label(answer.Backs), elsewhere, 0},
		{"another target", label(answer.Backs), found(answer.Backs, ember, at(tides, "backs")), 0},
	} {
		s, misses := scoreRelations(tides, c.labels, []answer.Relation{c.got})
		if s.Right != c.right || s.Labels != 1 || s.Found != 1 || s.Precision != float64(c.right) || s.Recall != float64(c.right) {
			t.Errorf("%s: %+v, want %d right", c.name, s, c.right)
		}
		want := "false, missed"
		if c.right == 1 {
			want = ""
		}
		checkMisses(t, c.name, misses, want)
	}
	if s, _ := scoreRelations(tides, label(answer.Backs), []answer.Relation{found(answer.Backs, ember, kilmory), found(answer.Backs, ember, kilmory)}); s.Right != 1 || s.Precision != 0.5 {
		t.Errorf("told twice: %+v, want one right", s)
	}
}

func TestScoreClaims(t *testing.T) {
	in := func(article string, v answer.Verdict) answer.ClaimItem {
		return answer.ClaimItem{Kind: answer.FigureItem, Claimed: "12", Verdict: v, Where: answer.Where{Article: article, Paragraph: 1}}
	}
	for _, c := range []struct {
		name                string
		label, got          answer.Verdict
		items               []answer.ClaimItem
		right, wrong, never int
		compared, own       int
		misses              string
	}{
		{"right", answer.Same, answer.Same, []answer.ClaimItem{in("tides", answer.Same), in("", answer.NotThere)}, 1, 0, 0, 1, 1, ""},
		{"of another article", answer.Same, answer.Same, []answer.ClaimItem{in("tides", answer.Same), in("dunes", answer.Same)}, 1, 0, 0, 1, 0, "compared with another article"},
		{"elsewhere", answer.Same, answer.Same, []answer.ClaimItem{in("tides", answer.Same), in("", answer.Elsewhere)}, 1, 0, 0, 1, 1, ""},
		{"of none", answer.Same, answer.Same, nil, 1, 0, 0, 1, 0, "compared with another article"},
		{"wrongly same", answer.Different, answer.Same, []answer.ClaimItem{in("tides", answer.Same)}, 0, 1, 1, 1, 1, "wrongly same"},
		{"same what is only said", answer.OnlySaid, answer.Same, []answer.ClaimItem{in("tides", answer.Same)}, 0, 1, 1, 1, 1, "wrongly same"},
		{"same what is absent", answer.NotThere, answer.Same, []answer.ClaimItem{in("tides", answer.Same)}, 0, 0, 0, 1, 1, "absent taken for same"},
		{"absent", answer.NotThere, answer.NotThere, nil, 1, 0, 0, 0, 0, ""},
		{"not found", answer.Different, answer.NotThere, nil, 0, 0, 1, 0, 0, "different taken for absent"},
	} {
		var s ClaimScore
		misses := s.judge(ClaimLabel{ID: "a", Article: "tides", Verdict: c.label, Text: "12 boats sank"},
			answer.Claim{Verdict: c.got, Items: c.items}, func(answer.ClaimItem) string { return "12" })
		want := ClaimScore{Claims: 1, Right: c.right, WronglySame: c.wrong, NeverSame: c.never, Compared: c.compared, OwnArticle: c.own,
			Verdicts: map[answer.Verdict]map[answer.Verdict]int{c.label: {c.got: 1}}}
		if !reflect.DeepEqual(s, want) {
			t.Errorf("%s: %+v, want %+v", c.name, s, want)
		}
		checkMisses(t, c.name, misses, c.misses)
	}
}

func TestScoreLoaded(t *testing.T) {
	loaded, fair := Case{Kind: "doer", None: true}, Case{Kind: "fair"}
	for _, c := range []struct {
		name    string
		outcome Outcome
		right   bool
		want    LoadedScore
	}{
		{"left unanswered", Outcome{Case: loaded}, true, LoadedScore{Questions: 1, Right: 1, Traps: []Trap{{"doer", 1, 1}}}},
		{"answered", Outcome{Case: loaded, Shown: true}, false, LoadedScore{Questions: 1, Traps: []Trap{{"doer", 1, 0}}}},
		{"a fair one answered", Outcome{Case: fair, Shown: true, Right: true}, true, LoadedScore{Fair: 1, FairRight: 1}},
		{"a fair one answered wrongly", Outcome{Case: fair, Shown: true}, false, LoadedScore{Fair: 1}},
		{"a fair one refused", Outcome{Case: fair}, false, LoadedScore{Fair: 1}},
	} {
		var s LoadedScore
		if right := s.count(c.outcome); right != c.right || !reflect.DeepEqual(s, c.want) {
			t.Errorf("%s: %v, %+v, want %v, %+v", c.name, right, s, c.right, c.want)
		}
	}
}

func TestPrintMisses(t *testing.T) {
	first := where("Mayor").Sentence
	_, said := scoreSaid(tides, []SaidLabel{{first, at(tides, "Ana Ruiz"), false}}, nil)
	_, figures := scoreFigures(tides, []FigureLabel{{Number: at(tides, "12"), Counts: at(tides, "boats")}}, []answer.Figure{{Where: where("Mayor"), Number: at(tides, "Monday")}})
	var b strings.Builder
	if err := PrintMisses(&b, append(figures, said...)); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`
== said: missed (1)
%[1]s ¶1 | label: Ana Ruiz, reported | got: nothing | Mayor Ana Ruiz said on Monday that 12 boats sank.

== figure: missed (1)
%[1]s ¶1 | label: 12 (boats) | got: Monday () | Mayor Ana Ruiz said on Monday that ⟦12⟧ boats sank.

== figure: false (1)
%[1]s ¶1 | label: 12 (boats) | got: Monday () | Mayor Ana Ruiz said on ⟦Monday⟧ that 12 boats sank.
`, tides.ID)
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
