package handlers

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// words are all the words that a person reads. Another language is another
// function that returns one. A %s takes text that is escaped already.
type words struct {
	// The first line of a reply.
	Asked      string // who, question
	AskedAfter string // who, question before, question
	Searched   string // who, words
	Listed     string // who, command

	// How the question was read.
	Corrected   string // word as typed, word as read
	TakenWord   string // pronoun, what it was taken for
	TakenAbout  string // what a bare follow-up was taken to be about
	TakenBefore string // the question before
	Language    string // code of the question's language

	// Before and after a quotation.
	Said          string // speaker, when
	Reported      string // source, when
	Article       string // when
	Answer        string // the span
	Relative      string // phrases, date
	Undated       string
	Paragraph     string // number
	BeginsEarlier string
	GoesOn        string

	// Abstaining.
	NotFound     string // words looked for, number of articles
	NothingToUse string
	Unmatched    string // words
	Closest      string
	TryThis      string // a question that is answered
	TryOther     string

	// Context and other passages.
	Context        string // citation
	ContextCited   string // number of the paragraph
	ContextBeside  string // number of the paragraph
	ContextOffsets string // start, end, article id, answer id
	Others         string // question
	OtherOne       string // number, speaker and date
	NoOthers       string
	NoneThanks     string

	// Search.
	Found       string // number of passages, words, number of articles, forms
	FoundFirst  string // the same, where there are more passages
	NotInAny    string // word, number of articles
	NoneWithAll string // words, number of articles
	TooCommon   string // words
	Hit         string // citation

	// Articles.
	FrontPage    string
	Holds        string // number of articles, age of the newest
	HoldsUndated string // number of articles
	MoreArticles string // number
	PressOrAsk   string
	Stored       string
	Outline      string // citation, language, number of paragraphs
	OutlineRow   string // number, first words
	UnderHeading string // heading
	MoreRows     string

	// Figures.
	Figure         string // kind, figure
	NoFigure       string // kinds
	SomeFiguresCut string

	// Buttons, the modal and what a person is told when pressing.
	ButtonContext   string
	ButtonContextOf string // number
	ButtonOthers    string
	ButtonNone      string
	ButtonFollowUp  string
	ButtonShare     string
	ButtonDelete    string
	ButtonPrevious  string // page, pages
	ButtonNext      string // page, pages
	ModalTitle      string
	ModalLabel      string

	// Errors: private, one sentence, with a way out.
	EmptyQuestion  string
	LongQuestion   string // limit
	EmptySearch    string
	NoArticle      string // what was typed
	AnswerChanged  string
	AnswerGone     string
	OldButton      string
	NothingToShare string
	NotYours       string
	UnknownCommand string
	TooManyMember  string // questions a minute
	TooManyServer  string // questions a minute
	PausedHere     string
	EmptyMessage   string
	Greeting       string // an example
	ReplyHint      string
	MayNotWrite    string // channel id
	Busy           string
	Failed         string
	Slow           string

	// /footnote.
	NeedManage     string
	NeedServer     string
	NeedOwner      string
	NotSaved       string
	ChannelOn      string // channel id
	ChannelOff     string // channel id
	PauseOn        string
	PauseOff       string
	NoRebuild      string
	RebuildFailed  string
	Rebuilt        string // what changed
	StatusConn     string
	StatusNoConn   string
	StatusCommands string // list
	StatusText     string
	StatusNoText   string
	StatusWrite    string
	StatusNoWrite  string
	StatusLibrary  string // number of articles, newest, index
	StatusChannels string // list
	StatusNoChan   string
	StatusPaused   string
	StatusRunning  string
	StatusMemory   string
	StatusProblem  string // problem

	StatusTextOff      string
	StatusTextHTTP     string
	StatusConnected    string
	StatusNotConnected string
	StatusIndexMemory  string

	// The commands, as the list shows them that appears after "/": at most 100
	// characters each.
	DescribeAsk           string
	DescribeQuestion      string
	DescribeArticle       string
	DescribePrivate       string
	DescribeSearch        string
	DescribeWords         string
	DescribeArticles      string
	DescribeName          string
	DescribeFootnote      string
	DescribeStatus        string
	DescribeSwitchChannel string
	DescribeChannel       string
	DescribePause         string
	DescribeRebuild       string
	DescribeSwitch        string
	SwitchOn              string
	SwitchOff             string

	questionWords map[string]bool // first words of what is a question without a mark

	Months   [12]string
	Today    string
	Someone  string         // has no name that can be shown
	relative *regexp.Regexp // dates that count from the day of writing
}

func english() *words {
	return &words{
		Asked:      `%s asked: "%s"`,
		AskedAfter: `%s asked, after "%s": "%s"`,
		Searched:   `%s searched for: "%s"`,
		Listed:     `%s asked for: "%s"`,

		Corrected:   "I read *%s* as *%s*.",
		TakenWord:   "I took %s as %s.",
		TakenAbout:  "I took it to be about %s.",
		TakenBefore: "I took it as the question before, %s.",
		Language:    "The question seems to be in a language (%s) that none of the articles is in.",

		Said:          "%s said (%s):",
		Reported:      "According to %s (%s):",
		Article:       "The article says (%s):",
		Answer:        `Answer: "%s"`,
		Relative:      "%s: written %s.",
		Undated:       "undated",
		Paragraph:     "paragraph %d",
		BeginsEarlier: "[The text begins earlier.]",
		GoesOn:        "[The text goes on.]",

		NotFound:     "I found no passage that answers this. I looked for %s in %s.",
		NothingToUse: "I found no word in this that I could look for.",
		Unmatched:    "Nothing there matches %s.",
		Closest:      "Closest passage, not an answer:",
		TryThis:      `A question that I can answer: "%s"`,
		TryOther:     "Ask in other words, or look for single words with /search.",

		Context:        "The quotation in its place: %s",
		ContextCited:   "Paragraph %d, with the quotation in bold:",
		ContextBeside:  "Paragraph %d:",
		ContextOffsets: "The quotation is text[%d:%d], in bytes, of the article %s; its id is %s",
		Others:         `Other passages that came near "%s"; none of them was taken for the answer.`,
		OtherOne:       "Passage %d. %s",
		NoOthers:       "No other passage came near.",
		NoneThanks:     "Then I have found nothing that answers it: ask in other words, or look for single words with /search.",

		Found:       "%s with *%s* in %s; the articles write %s.",
		FoundFirst:  "The first %s with *%s* in %s, and there are more; the articles write %s.",
		NotInAny:    "0 mentions of *%s* in %s. I looked for every form of the word that I know.",
		NoneWithAll: "0 paragraphs with all of *%s* in %s. I looked for every form of the words that I know.",
		TooCommon:   "I cannot look for %s, such words stand everywhere: give a rarer one.",
		Hit:         "%s:",

		FrontPage:    "Footnote answers questions about articles. It answers with the article's own words, shows where they stand, and says so when it finds no answer.",
		Holds:        "It holds %s. The newest is %s.",
		HoldsUndated: "It holds %s, none of them dated.",
		MoreArticles: "… and %d more; /article with a name shows one of them.",
		PressOrAsk:   "Use /ask, or press one of these questions.",
		Stored:       "Of a server it stores which channels are switched on, whether it is paused, and on which day it gave a hint in a channel. It stores no questions, no messages and no names.",
		Outline:      "%s. Language: %s. Outline of %s:",
		OutlineRow:   "Paragraph %d: %s",
		UnderHeading: "Under the heading \"%s\":",
		MoreRows:     "…",

		Figure:         `%s: "%s"`,
		NoFigure:       "I found no figure for %s in this article.",
		SomeFiguresCut: "[There are more; ask for one of them with /ask.]",

		ButtonContext:   "Show context",
		ButtonContextOf: "Context of %d",
		ButtonOthers:    "Other passages",
		ButtonNone:      "None of these",
		ButtonFollowUp:  "Follow up",
		ButtonShare:     "Share here",
		ButtonDelete:    "Delete",
		ButtonPrevious:  "Previous (%d of %d)",
		ButtonNext:      "Next (%d of %d)",
		ModalTitle:      "Follow up",
		ModalLabel:      "Your next question",

		EmptyQuestion:  "There is no question in this: write one after /ask, for example with the words who, when or how many.",
		LongQuestion:   "That is too long for a question: please ask in at most %d characters.",
		EmptySearch:    "There is no word in this that I could look for: give one or more words of the text.",
		NoArticle:      `I know no article "%s": take one from the list that appears while you type.`,
		AnswerChanged:  "The article has changed since, and this passage no longer stands in it as it was: please ask again.",
		AnswerGone:     "The article of this answer is no longer in the library: please ask again.",
		OldButton:      "This button is from another version of me: please ask again.",
		NotYours:       "Only who asked, or a moderator who may manage messages, can delete this reply: ask one of them.",
		NothingToShare: "I cannot see an answer in this message: please ask again.",
		UnknownCommand: "I no longer have this command: type / to see the commands that I have.",
		TooManyMember:  "That is more than %d questions in a minute: please wait a moment and ask again.",
		TooManyServer:  "This server has asked more than %d questions in a minute: please wait a moment and ask again.",
		PausedHere:     "I am paused on this server: a moderator can let me go on with /footnote pause.",
		EmptyMessage:   "There is no text in this message that I could take for a question: choose one that has text, or use /ask.",
		Greeting:       "Ask me about the articles that I hold, here or with /ask.%s",
		ReplyHint:      "Discord hides the text of this reply from me: press Follow up under my answer, mention me, or use /ask.",
		MayNotWrite:    "I may not write in <#%s>: ask a moderator to give me View Channel and Send Messages there, or use /ask.",
		Busy:           "I am answering too many questions at this moment: please try again in a few seconds.",
		Failed:         "Something went wrong while I answered: please try again, and tell whoever runs me if it stays so.",
		Slow:           "That took too long: please press the button again.",

		NeedManage:     "Only members who may manage the server can do this: ask one of them.",
		NeedServer:     "This works only on a server: use it in one of its channels.",
		NeedOwner:      "Only the owner of this application can rebuild the library: ask whoever runs me.",
		NotSaved:       "I could not save this: ask whoever runs me to look at the log.",
		ChannelOn:      "In <#%s> I now answer questions without being mentioned; I stay silent there unless I have an answer.",
		ChannelOff:     "In <#%s> I now answer only when I am mentioned or replied to, or by a command.",
		PauseOn:        "I am paused on this server: no answers until /footnote pause is switched off.",
		PauseOff:       "I answer on this server again.",
		NoRebuild:      "The library cannot be rebuilt from here: use bot -rebuild.",
		RebuildFailed:  "The library could not be rebuilt and the old one goes on answering: look at the log.",
		Rebuilt:        "The library is rebuilt. %s",
		StatusConn:     "Connection: up",
		StatusNoConn:   "Connection: down, trying again",
		StatusCommands: "Commands: %s",
		StatusText:     "Message content: I can read messages in channels that are switched on",
		StatusNoText:   "Message content: refused by Discord, so free text in channels and replies to command answers reach me empty; switch on Message Content Intent for the application and start me again",
		StatusWrite:    "This channel: I may write here",
		StatusNoWrite:  "This channel: I may not write here, so only commands work; give me View Channel and Send Messages (in a thread, Send Messages in Threads)",
		StatusLibrary:  "Library: %s; newest %s; index %s",
		StatusChannels: "Channels where I answer without being mentioned: %s",
		StatusNoChan:   "Channels where I answer without being mentioned: none; /footnote channel switches one on",
		StatusPaused:   "Paused: yes; /footnote pause lets me go on",
		StatusRunning:  "Paused: no",
		StatusMemory:   "Settings: kept in memory only and lost at the next start",
		StatusProblem:  "Problem: %s",

		StatusTextOff:      "Message content: not asked for, so free text in channels and replies to command answers reach me empty; set MESSAGE_CONTENT to true and start me again",
		StatusTextHTTP:     "Messages: none reach me, no mention and no direct message either, since I take commands over HTTP; for these start me without HTTP_ADDR",
		StatusConnected:    "Connection: up",
		StatusNotConnected: "Connection: down, trying again",
		StatusIndexMemory:  "Index: kept in memory only and built again at the next start, for the data folder cannot be written",

		DescribeAsk:           "Ask a question; the answer is a quotation with the place where it stands",
		DescribeQuestion:      "Your question, or the id of an answer",
		DescribeArticle:       "Look in this article only",
		DescribePrivate:       "Show the answer to you alone; you can share it afterwards",
		DescribeSearch:        "Every passage that holds these words",
		DescribeWords:         "One or more words; all of them must stand in the passage",
		DescribeArticles:      "What this bot is and which articles it holds, or the outline of one",
		DescribeName:          "One of the articles; without it, the front page",
		DescribeFootnote:      "Settings for those who manage the server",
		DescribeStatus:        "What works and what does not",
		DescribeSwitchChannel: "Answer questions in a channel without being mentioned, or stop that",
		DescribeChannel:       "The channel; without it, this one",
		DescribePause:         "Stop answering on this server, or go on",
		DescribeRebuild:       "Rebuild the library; for the owner of the application alone",
		DescribeSwitch:        "On or off",
		SwitchOn:              "on",
		SwitchOff:             "off",

		questionWords: set("who whom whose what when where why which how is are was were do does did can could has have had will would should"),

		Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December"},
		Today:   "today",
		Someone: "Somebody",
		relative: regexp.MustCompile(`(?i)\b(?:` +
			`(?:(?:late|later|early|earlier|last|next|this|on|since|until|by) )?(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: (?:morning|afternoon|evening|night))?` +
			`|(?:earlier |later |late |early )?(?:this|last|next) (?:week|weekend|month|year|spring|summer|autumn|fall|winter|decade|century|morning|afternoon|evening)` +
			`|yesterday|today|tonight|tomorrow|last night|recently|currently|nowadays|at present|right now` +
			`|(?:\w+ )?(?:hours|days|weeks|months|years|decades) ago)\b`),
	}
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// articles writes how many articles: "1 article", "3 articles".
func (w *words) articles(n int) string { return plural(n, "article", "articles") }

// passages writes how many passages: "1 passage", "12 passages".
func (w *words) passages(n int) string { return plural(n, "passage", "passages") }

// paragraphs writes how many paragraphs: "1 paragraph", "20 paragraphs".
func (w *words) paragraphs(n int) string { return plural(n, "paragraph", "paragraphs") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return group(n) + " " + many
}

// group writes a number with a comma before each three digits.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// day writes a date: "26 September 2019".
func (w *words) day(t time.Time) string {
	return fmt.Sprintf("%d %s %d", t.Day(), w.Months[t.Month()-1], t.Year())
}

// when writes how old a text is, the date less exact where it is long ago:
// "September 2019, 7 years ago", "26 September 2019, 3 days ago", "undated".
func (w *words) when(published, now time.Time) string {
	if published.IsZero() {
		return w.Undated
	}
	age := w.age(published, now)
	switch {
	case age == "":
		return w.day(published)
	case yearsBetween(published, now) >= 1:
		return fmt.Sprintf("%s %d, %s", w.Months[published.Month()-1], published.Year(), age)
	}
	return w.day(published) + ", " + age
}

// dayAndAge writes "26 September 2019 (7 years ago)".
func (w *words) dayAndAge(published, now time.Time) string {
	if age := w.age(published, now); age != "" {
		return w.day(published) + " (" + age + ")"
	}
	return w.day(published)
}

// age writes the time since a day in the largest whole unit, "" for a day to come.
func (w *words) age(published, now time.Time) string {
	now = now.UTC()
	days := int(now.Sub(published).Hours() / 24)
	years := yearsBetween(published, now)
	switch {
	case now.Before(published):
		return ""
	case years >= 1:
		return plural(years, "year", "years") + " ago"
	case days >= 60:
		return plural(min(days/30, 11), "month", "months") + " ago"
	case days >= 14:
		return plural(days/7, "week", "weeks") + " ago"
	case days >= 1:
		return plural(days, "day", "days") + " ago"
	}
	return w.Today
}

// yearsBetween counts whole years, as birthdays are counted.
func yearsBetween(from, to time.Time) int {
	years := to.Year() - from.Year()
	if to.Month() < from.Month() || to.Month() == from.Month() && to.Day() < from.Day() {
		years--
	}
	return years
}

// list writes words in italics with commas between: "*x*, *y*".
func list(words []string) string {
	out := make([]string, len(words))
	for i, s := range words {
		out[i] = "*" + escapeInline(tidy(s)) + "*"
	}
	return strings.Join(out, ", ")
}
