package annotate

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"footnote/answer/words"
	"footnote/corpus"
)

func TestFigures(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"At least 1,093 people were killed.", "at least 1,093 (people) 1093"},
		{"The storm wounded 5,752 and killed some 30 others.", "5,752 (wounded) 5752; some 30 (others) 30"},
		{"Some 120,000 have been displaced.", "Some 120,000 () 120000"},
		{"About two dozen suspected smugglers were held.", "About two dozen (suspected smugglers) 24"},
		{"It cost $5 million.", "$5 million (cost) 5e+06"},
		{"It offers the test for 995 dollars.", "995 dollars (dollars) 995"},
		{"Turnout was 62.5 per cent, well above the 40 that the law demands.", "62.5 per cent (Turnout) 62.5; 40 (Turnout) 40"},
		{"Thirty per cent of voters stayed at home.", "Thirty per cent (voters) 30"},
		{"A turnout rate of 58% was reached.", "58% (turnout rate) 58"},
		{"Two thirds of the roof are gone.", "Two thirds (roof) 0.6666666666666666"},
		{"About half of the boats came back.", "About half (boats) 0.5"},
		{"They won by three and a half points.", "three and a half (points) 3.5"},
		{"It took between 10 and 12 hours.", "between 10 and 12 (hours) 10–12"},
		{"It cost between 10 and 20 million euros.", "between 10 and 20 million euros (cost) 1e+07–2e+07"},
		{"The forms have 40 to 50 questions.", "40 to 50 (questions) 40–50"},
		{"The seats rose from 9 to 10.", "9 (seats rose) 9; 10 (seats rose) 10"},
		{"After an 11-year lull it began again.", "11 (year lull) 11"},
		{"They have 48 hours.", "48 (hours) 48"},
		{"Twenty-five miners and two hundred rescuers came.", "Twenty-five (miners) 25; two hundred (rescuers) 200"},
		{"Fishermen rescued over 700 sailors and 200 more.", "over 700 (sailors) 700; 200 (sailors) 200"},
		{"At least one shell landed.", "At least one (shell) 1"},
		{"They came one after another, one of them lame.", ""},
		{"Only one of the boats sank.", ""},
		{"The 74th session and the third try failed.", ""},
		{"It fell on 25 September 2019, in its 3rd hour.", ""},
		{"It rang at 22:30, at ten to seven and shortly before eight.", ""},
		{"The train left at 10 pm.", ""},
		{"Shells fell near posts 542 and 543.", ""},
		{"A Boeing 747 lost its engines.", ""},
		{"Article 5 and chromosome 17 were named.", ""},
		{"Comet 67P came near.", ""},
		{"Dozens of boats left, and tens of thousands watched.", "Dozens (boats) vague; tens of thousands () vague"},
	} {
		p := doc(t, c.text)
		var got []string
		for _, f := range p.Figures {
			value := fmt.Sprint(f.Low)
			switch {
			case f.Vague:
				value = "vague"
			case f.High != f.Low:
				value += "–" + fmt.Sprint(f.High)
			}
			got = append(got, fmt.Sprintf("%s (%s) %s", p.Article.Quote(f.Span), p.Article.Quote(f.Counts), value))
		}
		if s := strings.Join(got, "; "); !strings.EqualFold(s, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// Every fraction that may follow a number has a number to divide by.
func TestDenominators(t *testing.T) {
	for part := range parts {
		if denominator(words.Load(), part) == 1 {
			t.Errorf("%s divides by nothing", part)
		}
	}
}

// What is found in any text lies in its sentence, on rune borders.
func FuzzPrepare(f *testing.F) {
	f.Add("At least 1,093 people were killed on Wednesday, “3–1”, said Ms Ek. He added: two and a half of the $5 million (30%) were lost.")
	f.Add("«Zehn» 10 – 20 £ of the a third 2019-13-45 31 February 0 years ago")
	f.Fuzz(func(t *testing.T, text string) {
		p := Prepare(corpus.FromParagraphs("", "en", []string{strings.ToValidUTF8(text, "")}), words.Load())
		inside := func(s corpus.Span, sentence int) {
			if s.Len() == 0 {
				return
			}
			if !p.Sentences[sentence].Contains(s) || !utf8.ValidString(p.Article.Quote(s)) {
				t.Errorf("%v is no slice of sentence %d of %q", s, sentence, text)
			}
		}
		for _, g := range p.Figures {
			inside(g.Span, g.Sentence)
			inside(g.Counts, g.Sentence)
		}
		for _, e := range p.Events {
			inside(p.WordsOf(&p.Sentences[e.Sentence], e.First, e.Last), e.Sentence)
			if e.From.Year == 0 || e.To.Compare(e.From) < 0 {
				t.Errorf("%v is no date, of %q", e, text)
			}
		}
	})
}
