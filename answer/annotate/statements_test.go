package annotate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"footnote/answer/words"
	"footnote/corpus"
)

// said prepares a text, one paragraph a line, and returns its statements as
// "speaker: words", with a colon doubled where words of the speaker are quoted.
func said(text string) []string {
	p := Prepare(corpus.FromParagraphs("test", "en", strings.Split(text, "\n")), words.Load())
	var got []string
	for _, st := range p.Statements {
		colon := ":"
		if st.Direct {
			colon = "::"
		}
		got = append(got, fmt.Sprintf("%s%s %s", p.Entities[st.Speaker].Name, colon, p.Article.Quote(p.Sentences[st.Sentence].Span)))
	}
	return got
}

func TestStatements(t *testing.T) {
	for _, c := range []struct {
		what, text string
		want       []string // how each begins
	}{
		// Direct and reported, before and after the verb.
		{"reported", `Anna Kessler said on Monday that the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"no that", `Anna Kessler said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"present", `Officials say the dam has held.`, []string{"officials: Officials"}},
		{"direct", `Anna Kessler said: "The dam has held."`, []string{"Anna Kessler:: Anna"}},
		{"a trade before the name", `"I saw the smoke," said the baker, Anna Kessler, 41. "Then I ran."`, []string{`Anna Kessler:: "I`, `Anna Kessler:: "Then`}},
		{"a trade alone", `"I saw the smoke," said the baker, who ran.`, nil},
		{"laughter", `“What a day!” Kessler laughed. Anna Kessler left.`, []string{`Anna Kessler:: “What`}},
		{"signed on its line", `“The dam has held for a hundred years.” — Anna Kessler, engineer`, []string{`Anna Kessler:: “The`}},
		{"verb behind", `"The dam has held," said Anna Kessler.`, []string{`Anna Kessler:: "The`}},
		{"name behind", `"The dam has held," Anna Kessler said.`, []string{`Anna Kessler:: "The`}},
		{"curly marks", `“The dam has held,” Anna Kessler said.`, []string{`Anna Kessler:: “The`}},
		{"reported, verb behind", `The dam has held, said Anna Kessler.`, []string{"Anna Kessler: The"}},
		{"aside", `The dam, Anna Kessler said, had held.`, []string{"Anna Kessler: The"}},
		{"role behind", `"The dam has held," said the mayor of Brookfield.`, []string{`the mayor:: "The`}},
		{"at the end", `The dam had held, the mayor said.`, []string{"the mayor: The"}},
		{"with a question", `"Who will pay for this?" asked Anna Kessler.`, []string{`Anna Kessler:: "Who`}},
		// Quotations cut in two, carried on, and over paragraphs.
		{"cut in two", `"The dam," Anna Kessler said, "has held."`, []string{`Anna Kessler:: "The`}},
		{"two sentences", `"The dam has held," Anna Kessler said. "We were lucky."`, []string{`Anna Kessler:: "The`, `Anna Kessler:: "We`}},
		{"attributed at the end", `"The dam has held. We were lucky," Anna Kessler said.`, []string{`Anna Kessler:: "The`, `Anna Kessler:: We`}},
		{"one long quotation", `Anna Kessler said: "The dam has held. We were lucky. It could have been worse."`,
			[]string{"Anna Kessler:: Anna", "Anna Kessler:: We", "Anna Kessler:: It"}},
		{"paragraphs without closing mark", "Anna Kessler said: “The dam has held.\n“We were lucky.\n“Nobody was hurt.”",
			[]string{"Anna Kessler:: Anna", "Anna Kessler:: “We", "Anna Kessler:: “Nobody"}},
		{"next paragraph", "Anna Kessler said the dam had held.\n\"We were lucky.\"", []string{"Anna Kessler: Anna", `Anna Kessler:: "We`}},
		{"he added", `Omar Haddad said the dam had held. He added that nobody was hurt.`, []string{"Omar Haddad: Omar", "Omar Haddad: He"}},
		{"went on", `Omar Haddad spoke on Monday. The dam, he went on, had held.`, []string{"Omar Haddad: Omar", "Omar Haddad: The"}},
		{"verb within the marks", `Omar Haddad "flatly denied" the report.`, []string{"Omar Haddad:: Omar"}},
		{"colon without a verb", `Omar Haddad was brief: "The dam has held."`, []string{"Omar Haddad:: Omar"}},
		{"words of the next paragraph", "The company wrote on its page:\n\"The dam has held.\"", []string{"the company: The", `the company:: "The`}},
		// Sources.
		{"according to", `According to Anna Kessler, the dam has held.`, []string{"Anna Kessler: According"}},
		{"according to, at the end", `The dam has held, according to police officials.`, []string{"police officials: The"}},
		{"according to an agency", `According to Norda news agency, the dam has held.`, []string{"Norda news agency: According"}},
		{"one quotes another", `According to Norda, quoting Anna Kessler, "the dam has held".`, []string{"Norda: According", "Anna Kessler:: According"}},
		{"quoted as saying", `Anna Kessler was quoted as saying that the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"told", `Anna Kessler told Omar Haddad that the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"told reporters", `Police officials told reporters that two bridges were closed.`, []string{"police officials: Police"}},
		{"in a statement", `In a statement, the Northern Water Board said the dam had held.`, []string{"Northern Water Board: In"}},
		{"a statement from", `A statement from the Northern Water Board said the dam had held.`, []string{"Northern Water Board: A"}},
		{"a letter", `A letter seen by The Brookfield Post says the dam may break.`, []string{"a letter: A"}},
		{"a report", `A report by the United Nations warned that the dam may break.`, []string{"a report: A"}},
		{"condemned by", `The closure was condemned by Anna Kessler.`, []string{"Anna Kessler: The"}},
		// Who speaks.
		{"title", `Prime Minister Omar Haddad warned of more rain.`, []string{"Omar Haddad: Prime"}},
		{"role that is known", `Prime Minister Omar Haddad came on Monday. The prime minister warned of more rain.`, []string{"Omar Haddad: The"}},
		{"role before the name", `The mayor of Brookfield, Anna Kessler, came on Monday. The mayor warned of more rain.`, []string{"Anna Kessler: The"}},
		{"role that is not known", `The prime minister warned of more rain.`, []string{"the prime minister: The"}},
		{"apposition", `Anna Kessler, the mayor of Brookfield, said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"apposition without article", `Anna Kessler, spokeswoman for the Northern Water Board, said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"relative clause", `Anna Kessler, who came on Monday, said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"age", `Anna Kessler, 42, said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"aside before the verb", `Germany, for its part, has announced a conference.`, []string{"Germany: Germany"}},
		{"a spokesman", `A spokesman for the ministry said the dam had held.`, []string{"a spokesman for the ministry: A"}},
		{"a relative clause without commas", `The firm that had built the dam said that it had held.`, []string{"the firm: The"}},
		{"first name that is a word", `Peter Berg said the dam had held.`, []string{"Peter Berg: Peter"}},
		{"police", `Police said two bridges were closed.`, []string{"police: Police"}},
		{"two", `France and Italy said the talks had failed.`, []string{"France: France", "Italy: France"}},
		{"acronym", `The Northern Water Board (NWB) met on Monday. The NWB warned of more rain.`, []string{"Northern Water Board: The NWB"}},
		{"state by two names", `The United States sent help. The US said more would follow.`, []string{"United States: The US"}},
		{"she", `Anna Kessler praised her team. Omar Haddad came with his son. She said the dam had held.`, []string{"Anna Kessler: Anna", "Anna Kessler: She"}},
		{"it", `The Northern Water Board met on Monday. It warned of more rain.`, []string{"Northern Water Board: It"}},
		{"they", `Residents said the water was rising. They accused the board of silence.`, []string{"residents: Residents", "residents: They"}},
		{"two without names", `Both the governor and the army said the men were safe.`, []string{"the governor: Both", "the army: Both"}},
		{"one of many", `"It shook," one resident told Norda.`, []string{`one resident:: "It`}},
		{"told whom", `"It shook," Anna Kessler, a resident, told Norda.`, []string{`Anna Kessler:: "It`}},
		{"any noun before said", `The oldest of the boys said they had been lucky.`, []string{"the oldest"}},
		{"and accused", `He left. Omar Haddad picked out two states and accused them of silence.`, []string{"Omar Haddad: Omar"}},
		{"while promising", `Omar Haddad defended the plan while promising an inquiry.`, []string{"Omar Haddad: Omar"}},
		{"with somebody stating", `Critics met Anna Kessler, with Omar Haddad stating: "This is too late."`, []string{"Omar Haddad:: Critics"}},
		{"called", `Anna Kessler called the ruling a victory.`, []string{"Anna Kessler: Anna"}},
		{"called it", `Mr Haddad called it a catastrophe.`, []string{"Haddad: Mr"}},
		{"appeal", `The Northern Water Board appealed for help.`, []string{"Northern Water Board: The"}},
		{"called for", `Anna Kessler called for new elections.`, []string{"Anna Kessler: Anna"}},
		// Names: how far they run, and how many they are.
		{"no name runs over the", `According to Anna Kessler the Norwick warehouse burned down.`, []string{"Anna Kessler: According"}},
		{"one word and the", `According to Kessler the Norwick dam has held.`, []string{"Kessler: According"}},
		{"a union of two trades", `The Union of Divers and Fishers said the dam had held.`, []string{"Union of Divers and Fishers: The"}},
		{"a guild of two trades", `The Guild of Brewers and Midwives said the dam had held.`, []string{"Guild of Brewers and Midwives: The"}},
		{"a mayor of a town", `The Mayor of Lund said the dam had held.`, []string{"Mayor of Lund: The"}},
		{"a minister of two matters", `The Minister of Trade and Industry said the dam had held.`, []string{"Minister of Trade and Industry: The"}},
		{"a month", `Jan Roth said the dam had held.`, []string{"Jan Roth: Jan"}},
		{"a ministry of two matters", `The Ministry of Health and Social Care said the dam had held.`, []string{"Ministry of Health and Social Care: The"}},
		{"a service of two", `The Brookfield Fire and Rescue Service said the dam had held.`, []string{"Brookfield Fire and Rescue Service: The"}},
		{"an institute for two", `The Institute for Rivers and Lakes said the dam had held.`, []string{"Institute for Rivers and Lakes: The"}},
		{"a body with for", `The Campaign for Clean Water said the dam had held.`, []string{"Campaign for Clean Water: The"}},
		{"a firm of two", `Marks & Berger said the dam had held.`, []string{"Marks & Berger: Marks"}},
		{"two bodies", `The Union of Divers and Fishers and the Board said the dam had held.`, []string{"Union of Divers and Fishers: The", "Board: The"}},
		{"a body and a person", `The University of Norwick and Anna Kessler said the dam had held.`, []string{"University of Norwick: The", "Anna Kessler: The"}},
		{"a ministry and a mayor", `The Ministry of Health and Mayor Anna Kessler said the dam had held.`, []string{"Ministry of Health: The", "Anna Kessler: The"}},
		{"three", `Anna Kessler, Omar Haddad and Mia Sund said the dam had held.`, []string{"Anna Kessler: Anna", "Omar Haddad: Anna", "Mia Sund: Anna"}},
		{"letters behind the name", `Omar Haddad, KC, said the dam had held.`, []string{"Omar Haddad: Omar"}},
		{"more letters", `"The dam has held," Omar Haddad, KC, MP, said.`, []string{`Omar Haddad:: "The`}},
		{"letters behind the verb", `"The dam has held," said Omar Haddad, MP, on Monday.`, []string{`Omar Haddad:: "The`}},
		{"letters and a clause", `Omar Haddad, KC, who spoke for the board, said the dam had held.`, []string{"Omar Haddad: Omar"}},
		{"a degree", `Anna Kessler, PhD, said the dam had held.`, []string{"Anna Kessler: Anna"}},
		{"junior", `Omar Haddad, Jr., said the dam had held.`, []string{"Omar Haddad: Omar"}},
		{"junior without commas", `Omar Haddad Jr. said the dam had held. Haddad added that nobody was hurt.`, []string{"Omar Haddad Jr: Omar", "Omar Haddad Jr: Haddad"}},
		{"states are no letters", `In Germany, the UK, and France, officials said the dam had held.`, []string{"officials: In"}},
		{"ambassador to a body", `The Norwegian Ambassador to the United Nations Ola Brandt said the dam had held.`, []string{"Ola Brandt: The"}},
		{"ambassador to a state", `The ambassador to Libya Ola Brandt said the dam had held.`, []string{"Ola Brandt: The"}},
		{"envoy to an acronym", `The Libyan envoy to the UN Ola Brandt said the dam had held.`, []string{"Ola Brandt: The"}},
		{"head of a board", `The head of the Northern Water Board Ola Brandt said the dam had held.`, []string{"Ola Brandt: The"}},
		{"director of a university", `The director of the University of Norwick Ola Brandt said the dam had held.`, []string{"Ola Brandt: The"}},
		// What are no statements.
		{"thought", `Anna Kessler believes that the dam will hold.`, nil},
		{"feeling", `Anna Kessler fears that the dam will break.`, nil},
		{"deed", `Anna Kessler ordered the police to close two bridges.`, nil},
		{"deed with a clause", `Anna Kessler ordered that two bridges be closed.`, nil},
		{"agreed", `France and Italy agreed to meet again.`, nil},
		{"passive", `No injuries were reported.`, nil},
		{"passive told", `Residents were told to leave.`, nil},
		{"term in marks", `The dam, known as "the wall", has held.`, nil},
		{"not said", `Anna Kessler did not say when the work would end.`, nil},
		{"not yet", `Anna Kessler will announce a plan.`, nil},
		{"noun", `UN calls for talks have failed.`, nil},
		{"claimed lives", `The flood in Brookfield claimed 12 lives.`, nil},
		{"no person", `The rain in Libya has stopped.`, nil},
		{"title of a work", `Anna Kessler bought "The Old Man and the Sea".`, nil},
	} {
		got := said(c.text)
		if len(got) == 0 && len(c.want) == 0 {
			continue
		}
		if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
			t.Errorf("%s: %s\n got %q\nwant %q", c.what, c.text, got, c.want)
		}
	}
}

func TestNoStatementsInOtherLanguages(t *testing.T) {
	p := Prepare(corpus.FromParagraphs("test", "de", []string{`„Der Damm hält“, sagte Anna Kessler.`}), words.Load())
	if len(p.Statements) != 0 {
		t.Errorf("got %v", p.Statements)
	}
}

func FuzzStatements(f *testing.F) {
	for _, s := range []string{
		`Anna Kessler, the mayor, said: "The dam has held. We were lucky."`,
		`"It," he went on, "is over," according to the US and 'the' UN, quoting`,
		"said", "says says says", `"" said`, "according to", "A's B's said and", "The who that which said, , , said by",
		"He said she said it said they said.", "“Open\n“Open", "Größe said, İ said, \u0301 said", "In, said, by",
		"Many such as Anna including Otto like Anna and Omar quoted as saying", "to go on to say", "The US's told by by by",
	} {
		f.Add(s)
	}
	w := words.Load()
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?") // as the loader does
		p := Prepare(corpus.FromParagraphs("fuzz", "en", strings.Split(text, "\n")), w)
		last := 0
		for _, st := range p.Statements {
			if st.Sentence < last || st.Sentence >= len(p.Sentences) || st.Speaker < 0 || st.Speaker >= len(p.Entities) {
				t.Fatalf("%+v does not lie in %d sentences and %d entities, or not in order", st, len(p.Sentences), len(p.Entities))
			}
			if strings.TrimSpace(p.Entities[st.Speaker].Name) == "" {
				t.Errorf("%+v: a speaker without a name", st)
			}
			last = st.Sentence
		}
	})
}

// Of a text without full stops only the start is read for who speaks and who
// does what, and of that no more than a bound.
func TestLongSentence(t *testing.T) {
	p := doc(t, strings.Repeat("Ab backs Cd and Ef said ", mostRead))
	if len(p.Sentences) != 1 || len(p.Sentences[0].Tokens) < 2*mostRead {
		t.Fatal("want one long sentence")
	}
	if n := len(p.Relations); n == 0 || n > mostRelations {
		t.Errorf("got %d relations, want some and at most %d", n, mostRelations)
	}
	for _, r := range p.Relations {
		if r.At >= mostRead {
			t.Errorf("token %d was read for relations", r.At)
		}
	}
	if len(p.Statements) == 0 {
		t.Error("nobody speaks at the start")
	}
	if s := p.Sentences[0].start(); len(s.Tokens) != mostRead || s.Mentions[len(s.Mentions)-1].Last >= mostRead {
		t.Errorf("got %d tokens, want %d and no mention beyond", len(s.Tokens), mostRead)
	}
}
