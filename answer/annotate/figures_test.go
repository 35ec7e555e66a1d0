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
		{"The seats rose from 9 to 10.", "9 (seats rose) 9 aside; 10 (seats rose) 10"},
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
		{"The 2009 fire burned nine hundred and five barns.", "nine hundred and five (barns) 905"},
		{"A hundred and twenty families left.", "A hundred and twenty (families) 120"},
		{"Two hundred and twenty-two houses and six barns burned.", "Two hundred and twenty-two (houses) 222; six (barns) 6"},
		{"Two thousand three hundred and four men came.", "Two thousand three hundred and four (men) 2304"},
		{"A hundred and fifty thousand men came.", "A hundred and fifty thousand (men) 150000"},
		{"Between a hundred and two hundred men came.", "Between a hundred and two hundred (men) 100–200"},
		{"A thousand and one lamps shone.", "A thousand and one (lamps) 1001"},
		{"Twelve hundred men came.", "Twelve hundred (men) 1200"},
		{"Two and a half thousand men came.", "Two and a half thousand (men) 2500"},
		{"A million and a half men came.", "A million and a half (men) 1.5e+06"},
		{"A dozen and a half eggs broke.", "A dozen and a half (eggs) 18"},
		{"Two and three quarters hours passed.", "Two and three quarters (hours) 2.75"},
		{"Three quarters of a million men left.", "Three quarters of a million (men) 750000"},
		{"Two or three hundred men came.", "Two or three hundred (men) 200–300"},
		{"Twenty-odd boats sank.", "Twenty-odd (boats) 20"},
		{"A couple of dozen men and several hundred goats came.", "A couple of dozen (men) vague; several hundred (goats) vague"},
		{"Scores of boats and a few thousand men came.", "Scores (boats) vague; a few thousand (men) vague"},
		{"The twenty-first boat sank, and the hundred and fifth.", ""},
		{"None of the 40 firefighters was hurt.", "None of the 40 (firefighters) 0 of 40"},
		{"Not one of the 40 men was hurt.", "Not one of the 40 (men) 0 of 40"},
		{"Neither of her two sons was hurt.", "Neither of her two (sons) 0 of 2"},
		{"Two of the five boats sank.", "Two of the five (boats) 2 of 5"},
		{"At least 4 of 10 boats sank.", "At least 4 of 10 (boats) 4 of 10 ≥"},
		{"One of the five boats sank.", "One of the five (boats) 1 of 5"},
		{"She is one of the 12 members, one of the two oldest.", "12 (members) 12; two (oldest) 2"},
		{"All but three of the 12 lamps broke.", "All but three of the 12 (lamps) 9 of 12"},
		{"All but three lamps broke.", "All but three (lamps) vague"},
		{"Nearly all of the 12 lamps broke.", "Nearly all of the 12 (lamps) 12 of 12"},
		{"All of the 12 lamps broke.", "12 (lamps) 12"},
		{"Most of the town's 20 horses ran.", "Most of the town's 20 (horses) vague"},
		{"Dozens of the 400 voters stayed.", "Dozens of the 400 (voters) vague"},
		{"A third of the 90 cows and half the 30 goats died.", "A third of the 90 (cows) 0.3333333333333333 of 90; half the 30 (goats) 0.5 of 30"},
		{"Some 30% of the 90 cows died.", "Some 30% of the 90 (cows) 30 of 90"},
		{"Two of the 15-year-old boys left.", "Two () 2; 15 (year-old boys) 15"},
		{"One in four visits failed, and about three out of ten calls.", "One in four (visits) 0.25; about three out of ten (calls) 0.3"},
		{"Nine of every ten visits failed, and two out of every five calls.", "Nine of every ten (visits) 0.9; two out of every five (calls) 0.4"},
		{"He sank two in four attacks.", "two (sank) 2; four (attacks) 4"},
		{"A third of voters stayed, as did two-thirds of the poor and one third of the rich.", "A third (voters) 0.3333333333333333; two-thirds (poor) 0.6666666666666666; one third (rich) 0.3333333333333333"},
		{"The toll rose from 12 to 31.", "12 (toll rose) 12 aside; 31 (toll rose) 31"},
		{"The toll fell to 4 from 9.", "4 (toll fell) 4; 9 (toll fell) 9 aside"},
		{"The toll climbed from 9 on Monday to 31.", "9 (climbed) 9 aside; 31 (climbed) 31"},
		{"The toll stood at 31, up from 12.", "31 (toll) 31; 12 (toll) 12 aside"},
		{"They sent 31 boats instead of the planned 12.", "31 (boats) 31; 12 (planned) 12 aside"},
		{"They sent 31 boats, compared with 12 before.", "31 (boats) 31; 12 (compared) 12 aside"},
		{"They sent not 12 but 31 boats.", "12 (sent not) 12 aside; 31 (boats) 31"},
		{"Shifts last from 6 to 8 hours.", "from 6 to 8 (hours) 6–8"},
		{"40 or more people came.", "40 or more (people) 40 ≥"},
		{"40 people or more came.", "40 (people) 40 ≥"},
		{"It lasted 50 minutes at most.", "50 (minutes) 50 ≤"},
		{"Five boats, two of which sank, raced.", "Five (boats) 5; two (boats) 2 of 5"},
		{"Of the 300 volunteers, 45 fell ill.", "300 (volunteers) 300 aside; 45 (volunteers) 45 of 300"},
		{"All 14 judges, bar two, voted for it.", "14 judges, bar two (judges) 12; two (bar) 2 aside"},
		{"The number of complaints tripled to 36.", "36 () 36"},
		{"It rose by 12 per cent, from 40 million crowns to 44 million crowns.", "12 per cent (rose) 12; 40 million crowns (crowns) 4e+07 aside; 44 million crowns (crowns) 4.4e+07"},
		{"She won 12 medals.", "12 (medals) 12"},
		{"It had 40 boats, at least 3 of them new.", "40 (boats) 40; at least 3 (boats) 3 of 40 ≥"},
		{"20+ boats sank.", "20+ (boats) 20 ≥"},
		{"More than a thousand people came.", "More than a thousand (people) 1000 ≥"},
		{"Fewer than 40 people and up to 12 dogs came.", "Fewer than 40 (people) 40 ≤; up to 12 (dogs) 12 ≤"},
		{"Just over 40 people and just under 30 dogs came.", "Just over 40 (people) 40 ≥; just under 30 (dogs) 30 ≤"},
		{"It took just ten days, or only 240 hours.", "just ten (days) 10; only 240 (hours) 240"},
		{"They won by one or two points.", "one or two (points) 1–2"},
		{"It has one or more rotors.", "one or more (rotors) 1 ≥"},
		{"Sales rose 12-fold after a tenfold fall.", "12-fold (Sales rose) 12 times; tenfold (fall) 10 times"},
		{"They won 6-4, 4-6, 7-5 after a 0-3 defeat.", "6-4 (won) score 6–4; 4-6 () score 4–6; 7-5 () score 7–5; 0-3 (defeat) score 0–3"},
		{"They lost 2-3, in 2-3 hours.", "2-3 (lost) score 2–3; 2-3 (hours) 2–3"},
		{"They led in the first half, and in the second half of the match.", ""},
		{"Profit rose in the third quarter and in the quarter before.", ""},
		{"Bus 12 is at room 214; version 2.1 is out.", ""},
		{"Call 555-1234, or phone +44 20 7946 0958.", ""},
		{"3. The harbour is old.", ""},
		{"The tall crane 2 was sold.", ""},
		{"The mill burned on Sept. 11, 2018, and on Dec. 1.", ""},
		{"It fell on 2/28/2018, on 15.10.2018 and on 10 and 11 May.", ""},
		{"The rent is EUR 3,200, US$5m or CHF 200.", "EUR 3,200 (rent) 3200; US$5m (rent) 5e+06; CHF 200 (rent) 200"},
		{"The rent is 30 € or 5m USD.", "30 € (rent) 30; 5m USD (USD) 5e+06"},
		{"Bake it at 225 °C, not at 200° C.", "225 °C () 225; 200° C (not) 200"},
	} {
		p := doc(t, c.text)
		bounds := strings.ContainsAny(c.want, "≥≤")
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
			for _, more := range []struct {
				is   bool
				word string
			}{{f.Whole > 0 && !f.Vague, fmt.Sprint(" of ", f.Whole)}, {f.Factor, " times"}, {f.Aside, " aside"}, {bounds && f.Limit > 0, " ≥"}, {bounds && f.Limit < 0, " ≤"}} {
				if more.is {
					value += more.word
				}
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
