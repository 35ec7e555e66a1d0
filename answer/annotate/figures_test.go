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
		{"It cost $5bn, and £3.5m more.", "$5bn (cost) 5e+09; £3.5m (cost) 3.5e+06"},
		{"They ran 5km.", "5km (ran) 5"},
		{"It grew by 5m people and 30k houses.", "5m (people) 5e+06; 30k (houses) 30000"},
		{"A wall 10m high fell.", "10m (high fell) vague"},
		{"It held 1.200.000 people.", "1.200.000 (people) 1.2e+06"},
		{"It held 1.200 people.", "1.200 (people) vague"},
		{"It held 1'093 people.", "1'093 (people) 1093"},
		{"It held 1’093 people.", "1’093 (people) 1093"},
		{"It held 12,50,000 people.", "12,50,000 (people) 1.25e+06"},
		{"It held 1,2 tonnes.", "1,2 (tonnes) vague"},
		{"It held 1 093 people.", "1 093 (people) 1093"},
		{"It held 1\u202f093\u202f500 people.", "1\u202f093\u202f500 (people) 1.0935e+06"},
		{"It held 1\u2009093 people.", "1\u2009093 (people) 1093"},
		{"It held 10 20 people.", "10 20 (people) vague"},
		{"It held ١٬٠٩٣ people.", "١٬٠٩٣ (people) 1093"},
		{"The code 12ab34 is none.", "12ab34 (code) vague"},
		{"They won 3–1.", "3–1 (won) score 3–1"},
		{"They drew 2-2.", "2-2 (drew) score 2–2"},
		{"Between 30 and 10 men came.", "Between 30 and 10 (men) 10–30"},
		{"About half a million people came.", "About half a million (people) 500000"},
		{"A quarter of a million people came.", "A quarter of a million (people) 250000"},
		{"Half a dozen men came.", "Half a dozen (men) 6"},
		{"One and a half million people came.", "One and a half million (people) 1.5e+06"},
		{"Some two and a half million people came.", "Some two and a half million (people) 2.5e+06"},
		{"It was shut on 31 April and from 10am.", ""},
	} {
		p := doc(t, c.text)
		var got []string
		for _, f := range p.Figures {
			value := fmt.Sprint(f.Low)
			switch {
			case f.Score:
				value = fmt.Sprintf("score %v–%v", f.Low, f.High)
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

// Of several dates up to which a sentence counts, the nearest is that of a figure.
func TestAsOf(t *testing.T) {
	p := doc(t, "By 3 May 2019 5 men, by 4 May 2019 6 men and by 5 May 2019 7 men had come, on 6 May 2019 another 8 men.")
	var got []string
	for _, f := range p.Figures {
		got = append(got, f.AsOf.String())
	}
	if s := strings.Join(got, " "); s != "2019-05-03 2019-05-04 2019-05-05 2019-05-05" {
		t.Errorf("got %s", s)
	}
}

// A long run of numbers is read once, and stands for nothing.
func TestLongRun(t *testing.T) {
	for _, text := range []string{strings.Repeat("7 ", 2000), "It held 1" + strings.Repeat(" 093", 2000) + " men.", "It held 5 " + strings.Repeat("million ", 200)} {
		if p := doc(t, text); len(p.Figures) != 1 || !p.Figures[0].Vague || p.Figures[0].Low != 0 {
			t.Errorf("%.20s…: got %v, want one figure without a value", text, len(p.Figures))
		}
	}
}

// Every digit of Unicode has its value.
func TestDigitOf(t *testing.T) {
	for _, c := range []struct {
		r    rune
		want rune
	}{{'٠', 0}, {'٩', 9}, {'۳', 3}, {'५', 5}, {'７', 7}, {'𝟗', 9}, {'𝟠', 8}} {
		if got := digitOf(c.r); got != c.want {
			t.Errorf("%c: got %d, want %d", c.r, got, c.want)
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
