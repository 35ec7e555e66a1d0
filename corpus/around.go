package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Some rubbish shows only by what stands around it: a title is a link where a
// line "Related articles" stands above, and a paragraph is a reader's where a
// heading "Comments" does.

// linksBelow matches a line under which a page lists links to other articles.
// Words such as "Recommended" are not among them, since an article may go on
// with what it recommends.
var linksBelow = whole(`(?:read (?:more|also|next)|also read|see also|related(?: (?:stor(?:y|ies)|articles?|coverage|news|posts?|links?|reading|content))?|recommended (?:stories|articles|for you|reading)|more (?:on|from)(?: this)? (?:story|topic|author|section)|more stories|you (?:may|might) (?:also|be) (?:like|interested in)|most (?:read|popular|viewed)(?: (?:stories|articles))?|trending(?: now)?|top stories|latest (?:news|stories|articles)|editor'?s picks?|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|lire aussi|à lire aussi|articles liés|lea también|te puede interesar|artículos relacionados|leggi anche|articoli correlati|читайте также)[ :»→>.…]*`)

// commentsBelow matches a line under which readers' comments may stand.
var commentsBelow = whole(`(?:(?:reader|user)s?'? |all |show )?comments?(?: ?\(\d+\)| ?[:·|] ?\d+|:)?|\d+ (?:reader |user )?(?:comments?|replies|responses?|thoughts)(?: (?:on|to) .{1,150})?|what (?:our )?readers say|join the (?:conversation|discussion)|have your say|(?:leser)?kommentare(?: ?\(\d+\))?|\d+ kommentare|commentaires(?: ?\(\d+\))?|\d+ commentaires|comentarios(?: ?\(\d+\))?|\d+ comentarios|commenti(?: ?\(\d+\))?|комментарии(?: ?\(\d+\))?`)

// commentStamp matches a line that ends with when a comment was written: "Ann · 2
// hours ago", "5 March 2024 at 3:12 pm", "Bob says: March 5, 2024 at 15:12".
var commentStamp = regexp.MustCompile(`(?i)^(?:[^!?\n]{0,50}[\s,·•|(–—-])?(?:(?:\d+|an?|one) ?(?:s|m|min|h|hrs?|d|w|mo|sec(?:ond)?|minute|hour|day|week|month|year)s?\.? ago|just now|yesterday at \d.{0,8}|vor (?:\d+|einer?|einem) \p{L}+|il y a \d+ \p{L}+|hace \d+ \p{L}+|(?:\d{1,2}\.? \p{L}{3,10}\.?,? \d{4}|\p{L}{3,10} \d{1,2},? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:(?:,| at| um| à| -| ·)? \d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: uhr)?)?)\)?(?: ?[·•|]? ?(?:reply|edited|report|like))*$`)

// written matches a comment that begins with who wrote it: "Ann: ", "bob77 says: ".
var written = mustPattern(`^@?[\p{L}\d][\p{L}\d_.'’ -]{1,29}?(?:\s+\(?(?:says|said|wrote|writes|commented|schrieb|schreibt|a écrit|escribió)\)?)?\s*:\s+\S`)

// countOrReaders matches in such a line what the heading of an article's own
// section does not hold.
var countOrReaders = regexp.MustCompile(`(?i)\d|reader|user|leser`)

// middle is a place that is neither the page's top nor its foot.
var middle = position{foot: 1}

const (
	maxLink = 140 // longest title of a link, in runes
	maxName = 60  // longest line with a reader's name, in runes

	maxHeads  = 50  // lines such as "Comments" that are tried
	maxForm   = 20  // blocks between the line "Comments" and the first comment
	maxSigned = 200 // blocks that are looked at for names
)

// around returns for each block why it is rubbish by what stands around it, ""
// where it is none.
func around(blocks []block) []string {
	why := make([]string, len(blocks))
	menus(blocks, why)
	for i, b := range blocks {
		if why[i] == "" && linksBelow.MatchString(b.text) {
			for n := range links(blocks[i:]) {
				why[i+1+n] = "related link"
			}
		}
	}
	teasers(blocks, why)
	if from := comments(blocks); from >= 0 {
		for i := from; i < len(blocks) && (i == from || !blocks[i].ends(blocks[from])); i++ {
			why[i] = "reader comment"
		}
	}
	return why
}

// menus finds menus on one line, in a list, and in lines that stand together.
func menus(blocks []block, why []string) {
	for i := 0; i < len(blocks); {
		end := i + 1
		lines := strings.Split(blocks[i].text, "\n")
		for len(lines) == end-i && end < len(blocks) && blocks[end].level == 0 && blocks[end].under(blocks[end-1]) && utf8.RuneCountInString(blocks[end].text) <= maxEntry {
			lines = append(lines, blocks[end].text)
			end++
		}
		// What a sentence announces is the article's.
		announced := i > 0 && strings.HasSuffix(blocks[i-1].text, ":")
		column := blocks[i].level == 0 && !announced && isMenuColumn(lines)
		for ; i < end; i++ {
			if column || blocks[i].level == 0 && isMenu(blocks[i].text) {
				why[i] = "navigation"
			}
		}
	}
}

// links returns how many of the blocks below the first one, a line such as
// "Related articles", are titles of other articles.
func links(blocks []block) int {
	n := 1
	for n < len(blocks) && blocks[n].level == 0 && titles(blocks[n].text) {
		n++
	}
	// A title that stands alone above a paragraph may be the paragraph's heading.
	if last := blocks[n-1]; n > 1 && n < len(blocks) && !last.linked && len(last.breaks) == 0 && !last.under(blocks[n-2]) &&
		endsSentence(blocks[n].text) && rubbish(blocks[n], middle) == "" {
		n--
	}
	return n - 1
}

// minTeasers is how many links to other pages, one below the other, are a list.
const minTeasers = 3

// teasers finds paragraphs that are nothing but links to other pages and stand
// together, where the page has others.
func teasers(blocks []block, why []string) {
	isLink := func(b block) bool { return b.linked && b.level == 0 && len(b.breaks) == 0 }
	if lastParagraph(slices.DeleteFunc(slices.Clone(blocks), isLink)) < 0 {
		return
	}
	for i := 0; i < len(blocks); i++ {
		end := i
		for end < len(blocks) && isLink(blocks[end]) {
			end++
		}
		if end-i >= minTeasers && (i == 0 || !strings.HasSuffix(blocks[i-1].text, ":")) {
			for j := i; j < end; j++ {
				why[j] = "related link"
			}
		}
		i = max(i, end)
	}
}

// titles reports whether every line of a text may be the title of an article.
func titles(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		line = itemMark.ReplaceAllString(line, "")
		if utf8.RuneCountInString(line) > maxLink || endsSentence(line) && !strings.HasSuffix(line, "?") || strings.HasSuffix(line, ":") {
			return false
		}
	}
	return true
}

// ends reports whether a heading ends the section that another block begins.
func (b block) ends(section block) bool {
	return b.level > 0 && (section.level == 0 || b.level <= section.level) && !commentsBelow.MatchString(b.text)
}

// comments returns where the readers' comments begin, -1 where there are none.
// The line "12 comments" may as well stand at the top of a page, with the article
// below. So paragraphs have to stand above it, and below it a comment that tells
// when it was written, or, after most of the text, several that tell by whom.
func comments(blocks []block) int {
	total := 0
	for _, b := range blocks {
		total += len(b.text)
	}
	before, paragraphs, heads := 0, 0, 0
	for i, b := range blocks {
		if commentsBelow.MatchString(b.text) {
			if heads++; heads > maxHeads {
				break
			}
			below := blocks[i+1:]
			if paragraphs >= 2 && stamped(b, below) || 2*before > total && signed(b, below) {
				return i
			}
		}
		before += len(b.text)
		if endsSentence(b.text) && utf8.RuneCountInString(b.text) > maxName {
			paragraphs++
		}
	}
	return -1
}

// stamped reports whether what stands below a line such as "Comments" begins
// with when a comment was written, names and the lines of a form left aside.
func stamped(head block, below []block) bool {
	for _, b := range below[:min(len(below), maxForm)] {
		first, _, _ := strings.Cut(b.text, "\n")
		switch {
		case commentStamp.MatchString(first):
			return true
		case b.ends(head):
			return false
		case rubbish(b, position{form: true, foot: len(below)}) != "":
		case endsSentence(b.text) || utf8.RuneCountInString(b.text) > maxName:
			return false
		}
	}
	return false
}

// signed reports whether what stands below a line such as "Comments" are for the
// most part comments that begin with names, of which there are two at least.
func signed(head block, below []block) bool {
	// Under a heading "Comments" that somebody marked as one may stand what the
	// people of the article say.
	if head.level > 0 && !countOrReaders.MatchString(head.text) {
		return false
	}
	names := map[string]bool{}
	n, of := 0, 0
	for _, b := range below[:min(len(below), maxSigned)] {
		if b.ends(head) {
			break
		}
		if rubbish(b, position{form: true, foot: len(below)}) != "" {
			continue
		}
		of++
		if written.MatchString(b.text) {
			name, _, _ := strings.Cut(b.text, ":")
			names[name] = true
			n++
		}
	}
	return len(names) >= 2 && 2*n >= of
}
