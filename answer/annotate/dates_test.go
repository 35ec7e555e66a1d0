package annotate

import (
	"strings"
	"testing"
	"time"

	"footnote/answer/words"
	"footnote/corpus"
)

// doc prepares a text as an article published on a Thursday, 26 September 2019.
func doc(t testing.TB, text string) *Doc {
	t.Helper()
	a := corpus.FromParagraphs("", "en", []string{text})
	a.Published = time.Date(2019, 9, 26, 0, 0, 0, 0, time.UTC)
	return Prepare(a, words.Load())
}

func TestEvents(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The harbour was shut on 25 September 2019.", "25 September 2019=2019-09-25"},
		{"The harbour was shut on September 25, 2018, by order.", "September 25, 2018=2018-09-25"},
		{"It opened on the 3rd of May.", "3rd of May=2019-05-03"},
		{"It opened on December 3.", "December 3=2018-12-03"},
		{"It will open on December 3.", "December 3=2019-12-03"},
		{"The log of 2019-09-20 names it.", "2019-09-20=2019-09-20"},
		{"The fair ran from 10–12 August.", "10–12 August=2019-08-10/2019-08-12"},
		{"It was built in April 2015.", "April 2015=2015-04"},
		{"It was built in April.", "April=2019-04"},
		{"It was built in November.", "November=2018-11"},
		{"The ferry sails in August next year.", "August next year=2020-08"},
		{"It was founded in 1911.", "1911=1911"},
		{"He was mayor from 2011 to 2014.", "2011 to 2014=2011/2014"},
		{"The 2014 protests were larger.", "2014=2014"},
		{"The union met on Wednesday.", "Wednesday=2019-09-25"},
		{"The union met on Thursday.", "Thursday=2019-09-26"},
		{"The union met last Thursday.", "Thursday=2019-09-19"},
		{"The union will meet on Friday.", "Friday=2019-09-27"},
		{"The union meets next Monday.", "Monday=2019-09-30"},
		{"The vote follows on Tuesday.", "Tuesday=2019-10-01"},
		{"Friday's vote was close.", "Friday=2019-09-20"},
		{"The concerts began on August 10 and the town says that more will follow.", "August 10=2019-08-10"},
		{"The road is shut until November.", "November=2019-11"},
		{"The road had been shut until July.", "July=2019-07"},
		{"Yesterday the crane fell.", "Yesterday=2019-09-25"},
		{"The crane fell last night.", "last night=2019-09-25"},
		{"Earlier this month he refused.", "this month=2019-09"},
		{"Last year he agreed.", "Last year=2018"},
		{"Two years ago he agreed.", "Two years ago=2017"},
		{"Three days ago he agreed.", "Three days ago=2019-09-23"},
		{"The council decided on Tuesday to close the pool, which will be missed.", "Tuesday=2019-09-24"},
		{"On an average Sunday 800 come.", ""},
		{"Later this year a fair is planned.", ""},
		{"Last week he agreed.", ""},
		{"He stayed for two days.", ""},
		{"He may march with them.", ""},
		{"1500 people came.", ""},
		{"The 1990s were quiet.", ""},
		{"Thursday, 26 September 2019", ""},
		{"It was shut in 1911 and opened on Monday.", "1911=1911 Monday=2019-09-23"},
	} {
		p := doc(t, c.text)
		var got []string
		for _, e := range p.Events {
			date := e.From.String()
			if e.To != e.From {
				date += "/" + e.To.String()
			}
			got = append(got, p.Article.Quote(p.WordsOf(&p.Sentences[e.Sentence], e.First, e.Last))+"="+date)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// Without a day of publication only what names its year has a date.
func TestEventsUndated(t *testing.T) {
	a := corpus.FromParagraphs("", "en", []string{"It fell on Monday, on 3 May, last year and in 1911."})
	p := Prepare(a, words.Load())
	if len(p.Events) != 1 || p.Events[0].From != (Date{Year: 1911}) {
		t.Errorf("got %v, want 1911 alone", p.Events)
	}
}
