package answer

// Statement is a sentence in which somebody is shown to speak.
type Statement struct {
	Where
	Speaker string // the fullest name that the article gives, or how it describes somebody without a name: "police officials"
	Direct  bool   // words of the speaker stand in quotation marks; else they are reported
}

// Speaker is somebody who speaks in an article.
type Speaker struct {
	Name       string
	Article    string
	Statements int
}

// Speakers lists who speaks in the article, or in all articles when it is "",
// those with most statements first.
func (l *Library) Speakers(article string) []Speaker { return nil }

// Said lists the statements of a speaker, or of everybody when speaker is "",
// in reading order: those of one article, or of all when article is "". With
// about only those are listed that speak of it. A speaker is known by any of
// the names and roles that the article gives.
func (l *Library) Said(speaker, about, article string) []Statement { return nil }
