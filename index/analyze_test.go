package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"footnote/index"
)

// A golden line shows each token as the text it stands for, its term where
// that differs, and a stop word in brackets.
func TestAnalyze(t *testing.T) {
	var b strings.Builder
	for _, c := range []struct{ language, text string }{
		{"en", "The mayor’s ferries weren't leaving; no, not in 2019-09-26 (St. Ombria's 1,093 people)."},
		{"en", "Niño and nino, café and Cafe\u0301, ﬁve, O’Hara’s U.S. co-operation"},
		{"en", "ＦＵＬＬ ｗｉｄｔｈ １２ ad\u00advent 2½ m² Ⅳ"},
		{"de", "Die Fähren der Stadträte fuhren nicht über Lüneburgs Brücken."},
		{"fr", "L’école n'était pas fermée aujourd’hui, dit-elle à l'élève."},
		{"es", "Los niños no llegaron a la estación del pueblo."},
		{"it", "L'acqua dell’isola è tornata nelle città."},
		{"pt", "As inundações não chegaram às aldeias."},
		{"ro", "Școlile și grădinițele nu s-au închis."},
		{"nl", "De veerboten vertrokken niet uit de havens."},
		{"da", "Færgerne sejlede ikke fra havnen."},
		{"sv", "Färjorna gick inte från hamnarna."},
		{"nb", "Fergene gikk ikke fra havnene."},
		{"fi", "Lautat eivät lähteneet satamista."},
		{"hu", "A kompok nem indultak el a kikötőből."},
		{"hr", "Trajekti nisu isplovili iz luka."},
		{"pl", "Promy nie wypłynęły z portów."},
		{"ru", "Паромы не вышли из портов, ёлки стояли."},
		{"uk", "Пороми не вийшли з портів."},
		{"tr", "Feribotlar limandan ayrılmadı; İstanbul'un IŞIKLARI yandı."},
		{"ar", "لم تغادر العبّارات المرافئ والجزر"},
		{"fa", "کشتی\u200cها از بندر نرفتند"},
		{"ckb", "کەشتییەکان لە بەندەر دەرنەچوون"},
		{"hi", "नावें बंदरगाह से नहीं निकलीं"},
		{"zh", "渡轮没有离开港口 2019 年 ferry"},
		{"ja", "フェリーは港を出なかった"},
		{"ko", "여객선은 항구를 떠나지 않았다"},
		{"el", "Τα πλοία δεν έφυγαν από το λιμάνι."},
		{"vi", "Các chuyến phà không rời cảng."},
		{"th", "เรือข้ามฟากไม่ออกจากท่า 2019"},
		{"km", "សាឡាងមិនចេញ"},
		{"sw", "Vivuko havikuondoka bandarini."},
		{"", "Whatever language"},
		{"en", "👍🏽 — … !!"},
		{"en", ""},
	} {
		fmt.Fprintf(&b, "%s\t%s\n\t", c.language, c.text)
		for _, tok := range index.Analyze(c.language, c.text) {
			said := c.text[tok.Start:tok.End]
			if tok.Term != said {
				said += "→" + tok.Term
			}
			if tok.Stop {
				said = "[" + said + "]"
			}
			b.WriteString(" " + said)
		}
		b.WriteString("\n")
	}
	golden(t, "analyze.golden", b.String())
}

// Ways of writing a word that must find each other.
func TestSpellingsMeet(t *testing.T) {
	for _, c := range []struct{ language, a, b string }{
		{"en", "Niño", "nino"},
		{"en", "Salamé", "SALAME"},
		{"en", "Cafe\u0301", "café"},
		{"en", "mayor’s", "mayor's"},
		{"en", "mayor's", "mayor"},
		{"en", "ferries", "ferry"},
		{"es", "inundación", "inundacion"},
		{"fr", "élève", "eleve"},
		{"el", "πλοίο", "πλοιο"},
		{"el", "ΛΙΜΆΝΙ", "λιμάνι"},
		{"de", "Brücken", "Brücke"},
		{"tr", "İstanbul", "istanbul"},
		{"ru", "портов", "порт"},
		{"fr", "l’école", "l'école"},
	} {
		a, b := terms(c.language, c.a), terms(c.language, c.b)
		if len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %q gives %v and %q gives %v", c.language, c.a, a, c.b, b)
		}
	}
}

func TestNegationsAreTerms(t *testing.T) {
	for _, w := range []string{"no", "not", "nor", "Not", "NO"} {
		if got := index.Analyze("en", w); len(got) != 1 || got[0].Stop || got[0].Term != strings.ToLower(w) {
			t.Errorf("%q gives %+v", w, got)
		}
	}
}

// analyzed are one language for every analyzer.
var analyzed = strings.Fields("ar ckb da de en es fa fi fr hi hr hu it ja nl no pl pt ro ru sv tr zh el vi th xx")

// A word without end, or marks without end on one letter, cost no more than
// their length.
func TestAnalyzeLongWords(t *testing.T) {
	for _, language := range analyzed {
		for _, piece := range []string{"a", "\u0301", "ing", "a.", "l'", "ler", "เ", "ا", "क्"} {
			text := "e" + strings.Repeat(piece, 30_000/len(piece))
			begun := time.Now()
			index.Analyze(language, text)
			if took := time.Since(begun); took > 2*time.Second {
				t.Errorf("%s: %q over and over takes %v", language, piece, took)
			}
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for i, s := range []string{"\xf0\xac00000000", "The mayor’s ferries", "L’école n'était", "کشتی\u200cها", "İIıi ẞß ŉ", "เรือข้ามฟาก", "渡轮ferry没有", "e\u0301\u0301", "\xff\xfe\x00a\xf0\x9f", "ǅ ﬃ 𝔘𝔫", "a\u200db", "🏳️‍🌈"} {
		f.Add(byte(i), s)
		f.Add(byte(4), s)
	}
	f.Fuzz(func(t *testing.T, which byte, text string) {
		language := analyzed[int(which)%len(analyzed)]
		before := 0
		for _, tok := range index.Analyze(language, text) {
			if tok.Term == "" {
				t.Errorf("%s: an empty term", language)
			}
			if tok.Start < before || tok.End <= tok.Start || tok.End > len(text) {
				t.Errorf("%s: %+v after %d in %d bytes", language, tok, before, len(text))
				break
			}
			before = tok.Start
			if !utf8.RuneStart(text[tok.Start]) || tok.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[tok.End]) {
				t.Errorf("%s: %+v cuts a letter", language, tok)
			}
			if !utf8.ValidString(tok.Term) {
				t.Errorf("%s: term %q is no text", language, tok.Term)
			}
		}
	})
}
