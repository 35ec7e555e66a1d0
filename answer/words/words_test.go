package words

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLemma(t *testing.T) {
	w := Load()
	for word, want := range map[string]string{
		"countries": "country", "movies": "movie", "boxes": "box", "houses": "house", "buses": "bus", "crises": "crisis",
		"stopped": "stop", "hoped": "hope", "passed": "pass", "forced": "force", "carried": "carry", "died": "die",
		"killed": "kill", "cursed": "curse", "visited": "visit", "agreed": "agree", "biased": "bias", "fired": "fire",
		"making": "make", "bombings": "bomb", "buildings": "build", "dying": "die", "planning": "plan", "spring": "spring",
		"news": "news", "went": "go", "children": "child", "fought": "fight", "women": "woman", "Shot": "shoot",
		"need": "need", "speed": "speed", "string": "string", "evening": "evening", "virus": "virus", "glass": "glass",
		"ranged": "range", "bases": "base", "manned": "man", "lives": "live", "feelings": "feel", "Jennings": "jennings", "Paris": "paris", "worst": "bad",
	} {
		if got := w.Lemma(word); got != want {
			t.Errorf("Lemma(%q) = %q, want %q", word, got, want)
		}
	}
}

// find returns the entry for want among the synonyms of word.
func find(w *Words, word, want string) (Entry, bool) {
	for _, e := range w.Synonyms(word) {
		if e.Word == want {
			return e, true
		}
	}
	return Entry{}, false
}

func TestSynonyms(t *testing.T) {
	w := Load()
	for _, c := range []struct {
		word, want string
		relation   Relation
	}{
		{"kill", "murder", Same},
		{"killed", "put to death", Same},
		{"puts to death", "slay", Same},
		{"centre", "center", Spelling},
		{"organise", "organize", Spelling},
		{"ferries", "ship", KindOf},
		{"ship", "ferry", Member},
		{"Germany", "german", Name},
		{"germans", "germany", Name},
		{"Berlin", "germany", Seat},
		{"US", "washington", Seat},
		{"Washington", "american", Seat},
		{"UK", "british", Name},
		{"lost his life", "die", Same},
		{"deaths", "fatality", Same},
		{"blew up", "explode", Same},
		{"cops", "police officer", Same},
		{"kids", "child", Same},
		{"sacked", "dismiss", Same},
		{"resigned", "step down", Same},
		{"election", "vote", Same},
		{"ceasefire", "truce", Same},
		{"cease fire", "truce", Same},
		{"strikes", "walkout", Same},
		{"doctor", "nurse", Related},
		{"moviegoers", "", 0},
		{"labour", "labor", Spelling},
		{"NATO", "north atlantic treaty organization", Name},
		{"World Health Organization", "WHO", Name},
		{"WHO", "world health organization", Name},
	} {
		if c.want == "" {
			if e := w.Synonyms(c.word); len(e) > 0 {
				t.Errorf("Synonyms(%q) = %v, want none", c.word, e)
			}
			continue
		}
		if e, ok := find(w, c.word, c.want); !ok || e.Relation != c.relation {
			t.Errorf("Synonyms(%q) has %q as %v, want %v; all: %v", c.word, c.want, e.Relation, c.relation, w.Synonyms(c.word))
		}
	}
}

func TestNotSynonyms(t *testing.T) {
	w := Load()
	for word, not := range map[string]string{
		"who":  "world health organization",
		"us":   "united states",
		"kill": "kill",
	} {
		if e, ok := find(w, word, not); ok {
			t.Errorf("Synonyms(%q) has %v", word, e)
		}
	}
}

// TestSynonymsAreSymmetric holds for words in their base form: what stands for a
// word can be replaced by it, with the same weight.
func TestSynonymsAreSymmetric(t *testing.T) {
	w := Load()
	for i, k := range slices.Sorted(maps.Keys(w.byKey)) {
		if i%7 != 0 { // a seventh of the words is enough, and fast
			continue
		}
		if w.lemmaKey(k) != k && w.phraseKey(k) != k {
			continue
		}
		for _, e := range w.Synonyms(k) {
			if e.Relation != Same && e.Relation != Related {
				continue
			}
			if slices.Contains(w.keysOf(e.Word), k) {
				continue // an inflection of the word itself
			}
			back := false
			for _, b := range w.Synonyms(e.Word) {
				back = back || w.key(b.Word) == k && b.Weight >= e.Weight
			}
			if !back {
				t.Errorf("%q stands for %q (%.2f), but not the other way round", e.Word, k, e.Weight)
			}
		}
	}
}

func TestSynonymsAreSorted(t *testing.T) {
	w := Load()
	for _, word := range []string{"kill", "ship", "Germany", "say"} {
		entries := w.Synonyms(word)
		if !slices.IsSortedFunc(entries, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
		}) {
			t.Errorf("Synonyms(%q) = %v, not in order", word, entries)
		}
	}
}

func TestKinds(t *testing.T) {
	w := Load()
	for word, kind := range map[string]string{
		"ferry": "ship", "Tankers": "vessel", "Germany": "country", "WHO": "health agency", "cholera": "disease", "murder": "crime",
		"rifle": "weapon", "wife": "relative", "earthquake": "natural disaster", "wheat": "crop", "violin": "musical instrument",
	} {
		if got := w.Kinds(word); !slices.Contains(got, kind) {
			t.Errorf("Kinds(%q) = %q, want %q among them", word, got, kind)
		}
		if member := strings.TrimSuffix(strings.ToLower(word), "s"); word != "WHO" && word != "Tankers" && !slices.Contains(w.Members(kind), member) {
			t.Errorf("Members(%q) has no %q", kind, member)
		}
	}
	if got := w.Kinds("xyzzy"); got != nil {
		t.Errorf("Kinds of an unknown word: %q", got)
	}
}

func TestPlaceHasItsFields(t *testing.T) {
	p := Load().Places("Swedish")
	if len(p) != 1 {
		t.Fatalf("Places(Swedish) = %v", p)
	}
	want := &Place{Country, "Sweden", []string{"Kingdom of Sweden"}, []string{"Swedish", "Swede", "Swedes"}, "Stockholm", []string{"Scandinavia", "Europe", "European Union"}}
	if !reflect.DeepEqual(p[0], want) {
		t.Errorf("Places(Swedish) = %+v, want %+v", p[0], want)
	}
}

// TestCounts notices when part of the data is lost.
func TestCounts(t *testing.T) {
	w := Load()
	relations := map[Relation]int{}
	for _, g := range w.groups {
		relations[g.relation]++
	}
	for what, c := range map[string]struct{ got, atLeast int }{
		"groups of synonyms":     {relations[Same], 3500},
		"groups of near words":   {relations[Related], 100},
		"kinds":                  {len(w.words.members), 300},
		"members of kinds":       {len(w.words.kinds), 4000},
		"countries":              {len(w.Members("country")), 195},
		"cities":                 {len(w.Members("city")), 500},
		"names of places":        {len(w.places), 2000},
		"names of organisations": {len(w.orgs), 800},
		"English words":          {w.common.n, 68000},
		"chat words":             {len(w.chat), 800},
		"titles":                 {len(w.titles), 500},
		"cues":                   {len(w.cues), 300},
		"hedges":                 {len(w.hedges), 150},
		"negations":              {len(w.negations), 70},
		"spellings":              {len(w.american), 400},
		"phrases":                {len(w.phrases), 5000},
	} {
		if c.got < c.atLeast {
			t.Errorf("%d %s, want at least %d", c.got, what, c.atLeast)
		}
	}
}

func TestPlaces(t *testing.T) {
	w := Load()
	for name, want := range map[string]string{
		"Germany": "country Germany", "german": "country Germany", "Germans": "country Germany", "berlin": "city Berlin",
		"US": "country United States", "U.S.": "country United States", "british": "country United Kingdom", "holland": "country Netherlands",
		"georgia": "country Georgia", "Texas": "state Texas", "kremlin": "seat Kremlin", "munich": "city Munich", "München": "city Munich",
		"Middle Eastern": "region Middle East", "Vienna": "city Vienna", "Wien": "city Vienna", "Bombay": "city Mumbai", "gaza": "territory Gaza Strip",
	} {
		p := w.Places(name)
		if len(p) == 0 || string(p[0].Kind)+" "+p[0].Name != want {
			t.Errorf("Places(%q) = %v, want %s first", name, p, want)
		}
	}
}

func TestOrganisations(t *testing.T) {
	w := Load()
	for name, want := range map[string]string{
		"WHO": "World Health Organization", "W.H.O.": "World Health Organization", "World Health Organisation": "World Health Organization",
		"UN": "United Nations", "NASA": "National Aeronautics and Space Administration", "nato": "North Atlantic Treaty Organization",
		"european commission": "European Commission", "Reuters": "Reuters", "ICC": "International Criminal Court", "MSF": "Doctors Without Borders", "isis": "Islamic State",
	} {
		if o := w.Organisations(name); len(o) != 1 || o[0].Name != want {
			t.Errorf("Organisations(%q) = %v, want %s", name, o, want)
		}
	}
	if o := w.Organisations("who"); o != nil {
		t.Errorf(`Organisations("who") = %v`, o)
	}
}

func TestNumbers(t *testing.T) {
	w := Load()
	for word, want := range map[string]Number{
		"three": {3, Cardinal}, "Million": {1e6, Multiplier}, "dozens": {12, Vague}, "dozen": {12, Multiplier}, "third": {3, Ordinal},
		"two-thirds": {0.6666666667, Fraction}, "twice": {2, Times}, "hundreds of thousands": {1e5, Vague},
	} {
		if got, ok := w.Number(word); !ok || got != want {
			t.Errorf("Number(%q) = %v, %v, want %v", word, got, ok, want)
		}
	}
	for word, want := range map[string]Unit{
		"kilometres": {"kilometre", "length", 1000}, "kilometers": {"kilometre", "length", 1000}, "km": {"kilometre", "length", 1000},
		"%": {"percent", "share", 0.01}, "per cent": {"percent", "share", 0.01}, "dollars": {"dollar", "money", 0},
		"years": {"year", "time", 31557600}, "feet": {"foot", "length", 0.3048},
	} {
		if got, ok := w.Unit(word); !ok || got != want {
			t.Errorf("Unit(%q) = %v, %v, want %v", word, got, ok, want)
		}
	}
	for word, want := range map[string]Date{
		"January": {Month: time.January}, "Sept.": {Month: time.September}, "friday": {Weekday: time.Friday}, "Sunday": {},
	} {
		if got, ok := w.Date(word); !ok || got != want {
			t.Errorf("Date(%q) = %v, %v, want %v", word, got, ok, want)
		}
	}
	if _, ok := w.Number("ship"); ok {
		t.Error("ship is a number")
	}
}

func TestChat(t *testing.T) {
	w := Load()
	for c, want := range map[string]string{"u": "you", "ppl": "people", "Wat": "what", "wich": "which", "hwo": "how", "b4": "before", "govt.": "government"} {
		if got, ok := w.Chat(c); !ok || got != want {
			t.Errorf("Chat(%q) = %q, want %q", c, got, want)
		}
	}
	if got, ok := w.Chat("ship"); ok {
		t.Errorf("Chat(ship) = %q", got)
	}
}

func TestCommon(t *testing.T) {
	w := Load()
	for word, want := range map[string]bool{"ship": true, "Ships": true, "don't": true, "centre": true, "center": true, "goverment": false, "xyzzy": false, "january": true} {
		if got := w.Common(word); got != want {
			t.Errorf("Common(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	w := Load()
	for word, want := range map[string]string{"Gen.": "general", "Prime Minister": "prime minister", "premier": "prime minister", "spokeswoman": "spokesman", "CEO": "chief executive", "generals": "general"} {
		if got, ok := w.Title(word); !ok || got.Name != want {
			t.Errorf("Title(%q) = %v, want %s", word, got, want)
		}
	}
	if general, _ := w.Title("general"); !general.Before {
		t.Error("general does not stand before a name")
	}
	if spokesman, _ := w.Title("spokesman"); spokesman.Before {
		t.Error("spokesman stands before a name")
	}
}

func TestCues(t *testing.T) {
	w := Load()
	for word, want := range map[string]Cue{
		"said": {"say", Says}, "According to": {"according to", Source}, "denied": {"deny", Denies}, "points out": {"point out", Says},
		"vowed": {"vow", Promises}, "criticised": {"criticise", Accuses}, "criticized": {"criticise", Accuses}, "fears": {"fear", Feels},
	} {
		if got, ok := w.Cue(word); !ok || got != want {
			t.Errorf("Cue(%q) = %v, %v, want %v", word, got, ok, want)
		}
	}
	for word, want := range map[string]Hedge{"at least": AtLeast, "up to": AtMost, "some": About, "allegedly": Unproven, "ship": ""} {
		if got := w.Hedge(word); got != want {
			t.Errorf("Hedge(%q) = %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]bool{"not": true, "without": true, "failed to": true, "didn't": true, "declines to": true, "ship": false} {
		if got := w.Negation(word); got != want {
			t.Errorf("Negation(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestPhrases(t *testing.T) {
	w := Load()
	for text, want := range map[string][]Match{
		"He was put to death by at least three": {{2, 5, "put to death"}, {6, 8, "at least"}},
		"a cease fire in the world":             {{1, 3, "cease-fire"}},
		"the International Monetary Fund said":  {{1, 4, "international monetary fund"}},
		"":                                      nil,
		"put to":                                nil,
		"she lost her life":                     {{1, 4, "lose their life"}},
		"they looked into the death toll":       {{1, 3, "look into"}, {4, 6, "death toll"}},
	} {
		if got := w.Phrases(strings.Fields(text)); !slices.Equal(got, want) {
			t.Errorf("Phrases(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestShoutedQuestion: capitals alone hide nothing.
func TestShoutedQuestion(t *testing.T) {
	w := Load()
	if p := w.Places("IRAN"); len(p) == 0 || p[0].Name != "Iran" {
		t.Errorf("Places(IRAN) = %v", p)
	}
	if _, ok := find(w, "KILLED", "murder"); !ok {
		t.Error("Synonyms(KILLED) lacks murder")
	}
	if m := w.Phrases([]string{"WHITE", "HOUSE"}); len(m) != 1 {
		t.Errorf("Phrases(WHITE HOUSE) = %v", m)
	}
}

func FuzzLookups(f *testing.F) {
	f.Add("The U.S. Navy's ferries put to death 1,093 people")
	f.Add("-  -'’. ß İ")
	w := Load()
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range w.Phrases(strings.Fields(s)) {
			if m.Start < 0 || m.End > len(strings.Fields(s)) || m.End-m.Start < 2 {
				t.Errorf("Phrases(%q) gives %v", s, m)
			}
		}
		for _, e := range w.Synonyms(s) {
			if e.Weight <= 0 || e.Weight > 1 || e.Word == "" {
				t.Errorf("Synonyms(%q) gives %v", s, e)
			}
		}
		w.Lemma(s)
		w.Kinds(s)
		w.Members(s)
		w.Places(s)
		w.Organisations(s)
		w.Number(s)
		w.Unit(s)
		w.Date(s)
		w.Chat(s)
		w.Common(s)
		w.Title(s)
		w.Cue(s)
		w.Hedge(s)
		w.Negation(s)
		w.OtherSpelling(s)
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSynonyms(b *testing.B) {
	w := Load()
	b.ReportAllocs()
	for b.Loop() {
		w.Synonyms("killed")
	}
}

func BenchmarkPhrases(b *testing.B) {
	w := Load()
	tokens := strings.Fields("how many people have been put to death since the invasion according to the United Nations")
	b.ReportAllocs()
	for b.Loop() {
		w.Phrases(tokens)
	}
}

// A list has the words that stand in it and no parts of them.
func TestWordList(t *testing.T) {
	for _, text := range []string{"", "\n", "a", "a\nb\n", "abc\nbc\n\nc\nabc\n", "x\nyx"} {
		l, want := newWordList(text), map[string]bool{}
		for word := range strings.FieldsSeq(text) {
			want[word] = true
		}
		for _, word := range []string{"", "a", "b", "c", "ab", "bc", "abc", "x", "yx", "yxz"} {
			if l.has(word) != want[word] {
				t.Errorf("%q in %q: %v", word, text, l.has(word))
			}
		}
		if l.n != len(want) {
			t.Errorf("%q: %d words, want %d", text, l.n, len(want))
		}
	}
}
