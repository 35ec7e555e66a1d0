package handlers

import (
	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/language"
)

// words are all the words that a person reads, in one language. Their texts
// stand in the files under text, one a language, a line for each field here.
// Beside a field stands what its %s and %d are, in order. A %s takes text that
// is escaped already.
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
	NotFound     string // words looked for, in how many articles
	NothingToUse string
	ReadSoFar    string // articles that can be asked, of how many; the last line of a reply
	StillReading string // articles read, of how many; instead of a reply
	ReadsOn      string // passages read for what they mean, of how many; where nothing is found meanwhile
	Unmatched    string // words
	Closest      string
	ClosestFew   string // above several passages
	TryThis      string // a question that is answered
	TryOther     string

	// Context and other passages.
	Context        string // citation
	ContextCited   string // number of the paragraph
	ContextBeside  string // number of the paragraph
	ContextOffsets string // start, end, article id, the eight digits, answer id
	Others         string // question
	OtherOne       string // number, speaker and date
	NoOthers       string
	NoneThanks     string

	// Answers found again by the digits of their id.
	ShortID    string // the digits
	ShortGone  string
	SeveralIDs string // number of passages
	SeveralCut string

	// The age of the texts, told before the answer to a question about the present.
	Newest        string // date and age
	NewestUndated string
	NowWords      phrases // what asks about the present

	// What everybody asks first, of an article itself or of the bot.
	FirstAsked    wordings
	BeginsSo      string // article
	DatedSo       string // article, date and age
	NoDate        string // article
	WrittenBy     string // article, author
	NoAuthor      string // article
	ComesFrom     string // article, source
	ItsSource     string // source
	NoSource      string // article
	WhichArticle  string
	ArticlesHeld  string // number of articles
	ArticleRow    string // number, article
	ButtonAbout   string // number
	ButtonLibrary string
	HelpMore      string

	// Comparing a message with the library. What is claimed and what is found
	// stand in quotation marks.
	Compared           string // the message
	ClaimCut           string // characters
	ClaimQuestions     string
	ClaimNote          string
	ClaimSame          string // kind, claimed
	ClaimDifferent     string // kind, found, claimed
	ClaimDifferentSaid string // kind, speaker, found, claimed
	ClaimSaid          string // kind, claimed, speaker
	ClaimAbsent        string // kind, claimed
	ClaimElsewhere     string // kind, claimed
	KindFigure         string
	KindName           string
	KindDate           string
	KindRelation       string
	KindMatter         string
	ClaimNothing       string // in how many articles
	ClaimNear          string
	ClaimGoesOn        string
	ButtonCheck        string
	EmptyClaim         string

	// Search.
	Found       string // number of passages, words, in how many articles
	FoundFirst  string // the same, where there are more passages
	FoundForms  string // how the articles write the words, where that is not as typed
	NotInAny    string // word, in how many articles
	NoneWithAll string // words, in how many articles
	TooCommon   string // words
	Hit         string // citation

	// Articles.
	FrontPage    string
	Holds        string // number of articles, age of the newest
	HoldsUndated string // number of articles
	PressOrAsk   string
	JustAsk      string // where there is no question to press
	Stored       string
	Outline      string // citation, language, number of paragraphs
	OutlineRow   string // number, first words
	UnderHeading string // heading

	// Figures.
	Figure         string // kind, figure
	NoFigure       string // kinds
	SomeFiguresCut string

	// Figures in lists.
	FigureAlone string // figure
	CountedBy   string // who counted
	AsOf        string // date
	Semicolon   string // between the parts of a list whose parts have commas
	FiguresHead string // of what, number of figures
	NoFigures   string // of what

	// Who said what.
	SaidBy           string // who, speaker
	SaidByAbout      string // who, of what, speaker
	SaidFound        string // number of statements, speakers, in how many articles
	SaidIn           string // source, when
	SaidHead         string // of what, number of statements
	Quoted           string // number, speaker
	Indirect         string // number, speaker
	SaysNothing      string // speaker, in how many articles, names
	SaysNothingAbout string // speaker, of what, in how many articles, names
	SpeakThere       string // names
	NobodySpeaks     string

	// What happened when.
	TimelineHead string // of what, number of events
	NoTimeline   string // of what
	Event        string // date, the article's words for it, number, who says so and when
	DateSpan     string // date, date
	Year         string // year

	// Where articles disagree.
	ArticlesDisagree   string // number of disagreements, what they are on
	DisagreementsHead  string // of what, number of disagreements
	ComparedSoFar      string // number of articles, of all; behind another sentence
	NoDisagreements    string // of what
	CountedDifferently string // number, what is counted, source, figure, source, figure
	DatedDifferently   string // number, source, date, source, date
	Dates              string // what is disagreed on, in a list

	// How parties stand to one another.
	Parties          string // who, whom
	NoRelation       string
	LookedForParties string // names

	// Buttons of views.
	ButtonOutline       string
	ButtonFigures       string
	ButtonTimeline      string
	ButtonSaid          string
	ButtonDisagreements string

	// Errors of /said.
	EmptySpeaker string
	LongSaid     string

	// Buttons, the modal and what a person is told when pressing.
	ButtonContext   string
	ButtonContextOf string // number
	ButtonOthers    string
	ButtonNone      string
	ButtonFollowUp  string
	ButtonShare     string
	ButtonDelete    string
	ButtonPrevious  string // page, pages: a number, or as many as there are at least, "20+"
	ButtonNext      string // the same
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
	TooManyMember  counted // questions a minute
	TooManyServer  counted // questions a minute
	PausedHere     string
	EmptyMessage   string
	Greeting       string // an example
	ReplyHint      string
	SilenceHint    string
	MayNotWrite    string // channel id
	Busy           string
	Failed         string
	Slow           string

	// /footnote.
	NeedManage         string
	NeedServer         string
	NeedOwner          string
	NotSaved           string
	ChannelOn          string // channel id
	ChannelThreads     string
	ChannelOff         string // channel id
	ThreadCovered      string // ids of the thread and its channel
	PauseOn            string
	PauseOff           string
	NoRebuild          string
	RebuildFailed      string
	Rebuilt            string // what changed
	StatusConnected    string
	StatusNotConnected string
	StatusCommands     string // list
	StatusText         string
	StatusNoText       string
	StatusTextOff      string
	StatusTextHTTP     string
	StatusWrite        string
	StatusNoWrite      string
	StatusLibrary      string // number of articles, newest, index
	StatusIndexMemory  string
	StatusPreparing    string // articles read, of how many
	StatusReading      string // passages read, of how many
	StatusLoad         string // numbers of questions: worked out, remembered, refused; in work, waiting
	StatusChannels     string // list
	StatusNoChan       string
	StatusPaused       string
	StatusRunning      string
	StatusMemory       string
	StatusProblem      string // problem

	// What was asked and not answered.
	UnansweredOn      string // how many questions
	UnansweredOff     string
	UnansweredDeleted string
	UnansweredHead    string
	UnansweredRow     string // question, how many times
	UnansweredUnfit   string // question, how many times, the passage shown
	AndMore           string // number
	UnansweredNone    string
	UnansweredIsOn    string
	UnansweredIsOff   string
	PassageGone       string // in the place of a passage
	StatusKept        string
	StatusNotKept     string
	Times             counted // "3 times"

	// The commands, as the list shows them that appears after "/". The English
	// names are those that are registered.
	NameAsk, DescribeAsk                     string
	NameQuestion, DescribeQuestion           string
	NameArticle, DescribeArticle             string
	NamePrivate, DescribePrivate             string
	NameSearch, DescribeSearch               string
	NameWords, DescribeWords                 string
	NameArticles, DescribeArticles           string
	NameName, DescribeName                   string
	NameSaid, DescribeSaid                   string
	NameSpeaker, DescribeSpeaker             string
	NameAbout, DescribeAbout                 string
	NameView, DescribeView                   string
	ViewOutline                              string
	ViewFigures                              string
	ViewTimeline                             string
	ViewSaid                                 string
	ViewDisagreements                        string
	NameFootnote, DescribeFootnote           string
	NameStatus, DescribeStatus               string
	NameSwitchChannel, DescribeSwitchChannel string
	NameChannel, DescribeChannel             string
	NamePause, DescribePause                 string
	NameRebuild, DescribeRebuild             string
	NameSwitch, DescribeSwitch               string
	SwitchOn                                 string
	SwitchOff                                string
	MenuAskAbout, MenuCheckClaim             string // the entries of the message menu
	NameUnanswered, DescribeUnanswered       string
	NameAction, DescribeAction               string
	ActionShow, ActionDelete                 string // beside SwitchOn and SwitchOff

	// Counts.
	Articles       counted // "3 articles"
	InArticles     counted // "in 3 articles"
	Passages       counted
	Paragraphs     counted
	Statements     counted
	Events         counted
	FiguresCounted counted
	Disagreements  counted
	YearsAgo       counted
	MonthsAgo      counted
	WeeksAgo       counted
	DaysAgo        counted
	Thousand       string // how it is written, with its separator

	// Dates.
	Day         string     // day of the month, month, year
	Month       string     // month, year
	DateAndAge  string     // date, age
	DayAndAge   string     // date, age
	FirstDay    string     // the number of a month's first day
	Months      [12]string // as they stand after a day
	MonthsAlone [12]string // as they stand without one
	Today       string

	Comma   string // between the parts of a list
	Someone string // has no name that can be shown

	QuestionWords map[string]bool // first words of what is a question without a mark
	RelativeDates phrases         // dates that count from the day of writing

	language language.Tag
	locales  []discordgo.Locale // Discord's for the language; none for Arabic
	local    *words             // the same with the names of commands that people of these locales see
}
