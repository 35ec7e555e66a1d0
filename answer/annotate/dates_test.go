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
		{"The union met last Thursday.", "last Thursday=2019-09-19"},
		{"The union will meet on Friday.", "Friday=2019-09-27"},
		{"The union meets next Monday.", "next Monday=2019-09-30"},
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
		{"The mayor said on Monday it will open.", "Monday=2019-09-23"},
		{"The firm announced on Tuesday plans to close.", "Tuesday=2019-09-24"},
		{"In a statement Monday, the union told members that fees will rise.", "Monday=2019-09-23"},
		{"In a statement Monday, which fees will rise was left open.", "Monday=2019-09-23"},
		{"It will open in May, he said on Monday.", "May=2020-05 Monday=2019-09-23"},
		{"He will make a statement on Monday.", "Monday=2019-09-30"},
		{"The road will be closed on Monday.", "Monday=2019-09-30"},
		{"The vote will be held on Monday.", "Monday=2019-09-30"},
		{"By Monday it had killed 12.", "Monday=2019-09-23"},
		{"By June, the flood had killed 12.", "June=2019-06"},
		{"It must be paid by Monday.", "Monday=2019-09-30"},
		{"It rained on 31 April.", ""},
		{"It rained on April 31, and it will rain.", ""},
		{"It rained on 30 February 2016.", ""},
		{"It rained on 29 February 2019.", ""},
		{"It rained on 29 February.", "29 February=2016-02-29"},
		{"It will rain on 29 February.", "29 February=2020-02-29"},
		{"The log of 2019-02-30 names it.", ""},
		{"It rained in April and May 2015.", "April=2015-04 May 2015=2015-05"},
		{"It rained in April, May and June 2015.", "April=2015-04 May=2015-05 June 2015=2015-06"},
		{"It rained between April and June 2017.", "April=2017-04 June 2017=2017-06"},
		{"It rained from 28 April to 3 May 2015.", "28 April=2015-04-28 3 May 2015=2015-05-03"},
		{"It rained from June 25 to July 2, 2016.", "June 25=2016-06-25 July 2, 2016=2016-07-02"},
		{"It rained in May of 2015.", "May of 2015=2015-05"},
		{"It ran 30 December – 2 January 2018.", "30 December=2017-12-30 2 January 2018=2018-01-02"},
		{"In 2015 the yard closed, and on 3 May it was sold.", "2015=2015 3 May=2015-05-03"},
		{"In 2015 the yard closed, in March that year.", "2015=2015 March that year=2015-03"},
		{"It closed in March that year.", ""},
		{"It fell in 2015, and on 3 May.", "2015=2015 3 May=2015-05-03"},
		{"Elected in 2015, he left on 3 May.", "2015=2015 3 May=2019-05-03"},
		{"The yard was sold on 3 May, he said, in 2015 terms.", "3 May=2019-05-03 2015=2015"},
		{"It closed on 3 March the following year.", ""},
		{"They meet every Monday.", ""},
		{"They meet every Monday and Friday.", ""},
		{"They meet every second Monday.", ""},
		{"They met on a Friday.", ""},
		{"They meet Thursday next week.", ""},
		{"It was built in 1200 BC.", ""},
		{"The mill burned on Sept. 11, 2018.", "Sept. 11, 2018=2018-09-11"},
		{"The photo was taken on Sunday, Nov. 12, 2017.", "Sunday, Nov. 12, 2017=2017-11-12"},
		{"It was taken on Sun., Feb. 3, 2019, and again on Aug. 5.", "Sun., Feb. 3, 2019=2019-02-03 Aug. 5=2019-08-05"},
		{"The pier opened on Dec. 1, 1999, and closed in Jan. 2001.", "Dec. 1, 1999=1999-12-01 Jan. 2001=2001-01"},
		{"The law passed on 3 Sept. 2018.", "3 Sept. 2018=2018-09-03"},
		{"The log of 2019-Feb-21 and of 21-Feb-2019 names it.", "2019-Feb-21=2019-02-21 21-Feb-2019=2019-02-21"},
		{"The log of 2/28/2018 and of 15.10.2018 names it.", "2/28/2018=2018-02-28 15.10.2018=2018-10-15"},
		{"The log of 2019/02/21 names it.", "2019/02/21=2019-02-21"},
		{"The log of 03/04/2018 names it.", "03/04/2018=2018"},
		{"The log of 03/03/2018 names it.", "03/03/2018=2018-03-03"},
		{"The logs of 03/04/2018 and 25/12/2017 name it.", "03/04/2018=2018-04-03 25/12/2017=2017-12-25"},
		{"The logs of 03/04/2018 and 12/25/2017 name it.", "03/04/2018=2018-03-04 12/25/2017=2017-12-25"},
		{"The log of 03/04/2018 names it. It fell on May 3, 2019.", "03/04/2018=2018-03-04 May 3, 2019=2019-05-03"},
		{"The log of 03/04/2018 names it. It fell on 3 May 2019.", "03/04/2018=2018-04-03 3 May 2019=2019-05-03"},
		{"The log of 31/02/2018 names it, and 1.2.3.2018.", ""},
		{"Talks were held on 10 and 11 May 2018.", "10 and 11 May 2018=2018-05-10 10 and 11 May 2018=2018-05-11"},
		{"Talks were held on May 10 and 17.", "May 10 and 17=2019-05-10 May 10 and 17=2019-05-17"},
		{"Talks were held on 10, 11 and 14 May.", "10, 11 and 14 May=2019-05-10 10, 11 and 14 May=2019-05-11 10, 11 and 14 May=2019-05-14"},
		{"It ran on 10/11 May.", "10/11 May=2019-05-10 10/11 May=2019-05-11"},
		{"The strike ran from 3 to 5 March 2018.", "3 to 5 March 2018=2018-03-03/2018-03-05"},
		{"It ran between 3 and 5 March.", "3 and 5 March=2019-03-03/2019-03-05"},
		{"It ran on May 10-11, 2018.", "May 10-11, 2018=2018-05-10/2018-05-11"},
		{"On May 3, 12 boats sank, and on May 4 and 5 boats rose.", "May 3=2019-05-03 May 4=2019-05-04"},
		{"The ferry, which goes on sale in late January, is old.", "late January=2020-01"},
		{"The fairs open on 10 and 11 May.", "10 and 11 May=2020-05-10 10 and 11 May=2020-05-11"},
		{"Tickets go on sale on Friday.", "Friday=2019-09-27"},
		{"On Friday, Holm and Dahl are to travel.", "Friday=2019-09-27"},
		{"On Friday the mayor, who was ill in 2018, will travel.", "Friday=2019-09-27 2018=2018"},
		{"She will meet Holm and Dahl on Friday.", "Friday=2019-09-27"},
		{"Prices fell and on Monday they will rise.", "Monday=2019-09-30"},
		{"They agreed to meet on Friday.", "Friday=2019-09-27"},
		{"The talks are on Friday.", "Friday=2019-09-27"},
		{"It would open in January, he said.", "January=2020-01"},
		{"The mayor said prices rose in January.", "January=2019-01"},
		{"Tickets are paid back until November.", "November=2019-11"},
		{"The mayor had said that it would last until Monday.", "Monday=2019-09-23"},
		{"It will be dearer than last Monday.", "last Monday=2019-09-23"},
		{"He took office in January.", "January=2019-01"},
		{"It must have rained on Monday.", "Monday=2019-09-23"},
		{"The film had been shared some 30,000 times by Monday night.", "Monday=2019-09-23"},
		{"The road has been shut since March.", "March=2019-03"},
		{"The 2020 Sentra and the 2018 Ford Focus are old.", ""},
		{"The 2018 Games, the 2015 Paris treaty and the 2014 Ebola outbreak were costly.", "2018=2018 2015=2015 2014=2014"},
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

// A date is read by the words near it alone, so that a long text costs no more
// for each of its dates than a short one.
func TestDatesReach(t *testing.T) {
	far := "It will " + strings.Repeat("very ", farAhead) + "slowly open on Monday."
	if p := doc(t, far); len(p.Events) != 1 || p.Events[0].From != (Date{2019, 9, 23}) {
		t.Errorf("got %v: a word out of reach makes the day one to come", p.Events)
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

// The words of date of an undated sentence are whole all the same.
func TestDates(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The next meeting is on Wednesday, 3 April 2024, 18:00.", "Wednesday, 3 April 2024, 18:00"},
		{"It sank last Friday.", "last Friday"},
		{"It sank on Friday night and was raised on May 3 at 6 pm.", "Friday night; May 3 at 6 pm"},
		{"It sank on Sept. 11, 2023, 12 miles off.", "Sept. 11, 2023"},
		{"The 2020 Sentra goes on sale in late January.", "late January"},
	} {
		p := Prepare(corpus.FromParagraphs("", "en", []string{c.text}), words.Load())
		var got []string
		for _, span := range p.Dates(words.Load(), &p.Sentences[0]) {
			got = append(got, p.Article.Quote(span))
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}
