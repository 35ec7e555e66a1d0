package page

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestReadAloud(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("how many islanders depend on the ferry?")
	b.do(chromedp.ActionFunc(func(ctx context.Context) error {
		nodes, err := queryRole(ctx, "log")
		if err != nil {
			return err
		}
		if len(nodes) != 1 {
			t.Fatalf("%d elements with the role log, want 1", len(nodes))
		}
		got := map[string]string{}
		for _, p := range nodes[0].Properties {
			got[string(p.Name)] = strings.Trim(string(p.Value.Value), `"`)
		}
		if got["live"] != "polite" || got["busy"] == "true" {
			t.Errorf("the log is live %q, busy %q; want polite and not busy", got["live"], got["busy"])
		}
		return nil
	}))
	// A reply is added to the log; what stood there stays the same element.
	b.do(chromedp.Evaluate(`window.before = `+answer+`; true`, nil))
	b.ask("what does the repair cost?")
	if !eval[bool](b, `window.before.isConnected && document.getElementById("log").contains(`+answer+`)`) {
		t.Error("the log was drawn anew for one reply, so that all of it is announced again")
	}
}

// queryRole returns what a screen reader knows of the elements with a role.
func queryRole(ctx context.Context, role string) ([]*accessibility.Node, error) {
	doc, err := dom.GetDocument().Do(ctx)
	if err != nil {
		return nil, err
	}
	return accessibility.QueryAXTree().WithNodeID(doc.NodeID).WithRole(role).Do(ctx)
}

// Without a mouse: from the address bar to the passage and back, a command, a
// menu, a form.
func TestKeyboardOnly(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	focused := func(js string) string { return `(document.activeElement ` + js + `)` }
	b.keys(kb.Tab)
	b.is(focused(`.innerText`), "Skip to writing")
	b.keys(kb.Enter)
	b.wait(focused(`.id === "write"`))
	b.keys("how many islanders depend on the ferry?" + kb.Enter)
	b.wait(answer)
	b.back(`.innerText === "Follow up"`)
	b.back(`.className === "citation"`)
	b.picture("keyboard-citation")
	b.keys(kb.Enter)
	b.wait(`document.activeElement === ` + cited)
	b.picture("keyboard-passage")
	b.keys(kb.Escape)
	b.wait(focused(`.className === "citation"`))

	b.back(`.className === "more"`)
	b.keys(kb.Enter)
	b.wait(focused(`.innerText === "Reply"`))
	b.keys(kb.ArrowDown)
	b.is(focused(`.innerText`), "Ask about this")
	b.keys(kb.Escape)
	b.wait(focused(`.className === "more"`))
	b.forward(`.innerText === "Follow up"`)
	b.keys(" ")
	b.wait(focused(`.closest("dialog")`))
	b.keys("what does the repair cost?" + kb.Enter)
	b.wait(answer + `.innerText.includes("1.2 million")`)

	b.forward(`.id === "write"`)
	b.keys("/timet" + kb.Tab)
	b.wait(focused(`.getAttribute("aria-label") === "ship, required"`))
	b.wait(`document.querySelectorAll("#choices [role=option]").length === 2`)
	b.keys(kb.ArrowDown + kb.Enter + kb.Enter)
	b.wait(answer + `.innerText.includes("twice a day")`)
}

// forward and back press Tab until an expression about the focused element holds.
func (b *tab) forward(js string) { b.Helper(); b.walk(0, js) }

func (b *tab) back(js string) { b.Helper(); b.walk(input.ModifierShift, js) }

func (b *tab) walk(modifiers input.Modifier, js string) {
	b.Helper()
	for range 60 {
		b.press([]rune(kb.Tab)[0], modifiers)
		if eval[bool](b, `Boolean(document.activeElement`+js+`)`) {
			return
		}
	}
	b.Fatalf("Tab never leads to %s", js)
}

// A page that is turned changes the message; whoever pressed the button stays at it.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("The quay of Ostby is long, and "+strings.Repeat("the quay is old, ", 20)+"they say.\n\n", 15)
	if err := os.WriteFile(filepath.Join(dir, "quay.md"), []byte("---\ntitle: The quay\n---\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	b := open(t, start(t, "-corpus="+dir), wide)
	b.ask("/search quay")
	b.back(`.innerText.startsWith("Next")`)
	before := eval[string](b, `document.activeElement.innerText`)
	b.keys(kb.Enter)
	b.wait(answer + `.innerText.includes("Previous (1")`)
	if now := eval[string](b, `document.activeElement.closest(".message") ? document.activeElement.innerText : ""`); now == "" || now == before {
		t.Errorf("after %q the focus is at %q", before, now)
	}
	// What is deleted takes no focus with it.
	b.click(button("Delete"))
	b.wait(`!document.querySelector(".from-bot")`)
	b.is(`document.activeElement.id`, "write")
}

func TestNarrow(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), look{width: 360, height: 740})
	fits := func() {
		t.Helper()
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > 360 {
			t.Errorf("the page is %d px wide", w)
		}
	}
	b.picture("narrow-first")
	fits()
	b.ask("how many islanders depend on the ferry?")
	if eval[bool](b, `Boolean(document.getElementById("reader").offsetParent || getComputedStyle(document.getElementById("reader")).display !== "none")`) {
		t.Error("the article lies over the channel though nobody asked for it")
	}
	b.picture("narrow-answer")
	fits()
	b.accessible()
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	b.picture("narrow-article")
	fits()
	for range 6 { // the focus stays in what lies over everything
		b.press([]rune(kb.Tab)[0], 0)
		if !eval[bool](b, `document.activeElement === document.body || Boolean(document.activeElement.closest("#reader"))`) {
			t.Errorf("behind the article the focus is at %s", eval[string](b, `document.activeElement.outerHTML.slice(0, 90)`))
		}
	}
	b.accessible()
	b.click(button("Back to the answer"))
	b.wait(`document.activeElement.className === "citation"`)
	b.click(`document.getElementById("write")`)
	b.keys("/")
	b.wait(`document.querySelector("#choices [role=option]")`)
	b.picture("narrow-commands")
	fits()
}

// A window magnified to 200 % and to 400 %.
func TestMagnified(t *testing.T) {
	for _, l := range []look{{width: 700, height: 450}, {width: 350, height: 225}} {
		b := open(t, start(t), l)
		b.is(`String(document.getElementById("log").scrollTop)`, "0") // where the first screen begins
		b.accessible()
		b.ask("Which countries support Haftar?")
		b.begins(answer)
		if h := eval[int](b, `document.getElementById("log").clientHeight`); h < int(l.height)/3 {
			t.Errorf("of %d px the messages have %d", l.height, h)
		}
		b.click(`document.getElementById("write")`)
		b.keys("/")
		b.wait(`document.querySelector("#choices [role=option]")`)
		if !eval[bool](b, `document.getElementById("choices").getBoundingClientRect().top >= 0`) {
			t.Error("the list of commands reaches out of the window")
		}
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > int(l.width) {
			t.Errorf("the page is %d px wide", w)
		}
		b.picture(fmt.Sprint("magnified-", l.width))
	}
}

func TestDark(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), look{width: 1400, height: 900, dark: true})
	b.ask("how many islanders depend on the ferry?")
	b.click(button("Show context"))
	b.wait(answer + `.classList.contains("private")`)
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	if c := eval[string](b, `getComputedStyle(document.body).backgroundColor`); c == "rgb(255, 255, 255)" {
		t.Error("the page is white in the dark")
	}
	b.accessible()
	b.picture("dark")
}

// Where the library is Arabic the whole page runs from right to left.
func TestArabic(t *testing.T) {
	for _, l := range []look{wide, {width: 390, height: 844, touch: true, dark: true}} {
		b := open(t, start(t, corpusFlag(t, library+"/olives-ar.md")), l)
		b.ask("@Footnote كم بلغ إنتاج الزيتون هذا العام؟")
		question := messages + `.at(-2)`
		b.click(button("عرض السياق"))
		b.wait(answer + `.classList.contains("private")`)
		b.click(answer + `.querySelector(".citation")`)
		b.wait(`document.activeElement === ` + cited)
		for _, js := range []string{
			`document.body`, question, question + `.querySelector(".body p")`, answer, answer + `.querySelector("blockquote")`, answer + `.querySelector(".body p")`,
			button("حذف"), button("حذف") + `.parentElement`, cited, `document.querySelector("#article .byline")`,
		} {
			if d := eval[string](b, `getComputedStyle(`+js+`).direction`); d != "rtl" {
				t.Errorf("%s runs %s, want rtl", js, d)
			}
		}
		if l.touch {
			b.click(button("Back to the answer"))
		}
		// What stands beside something else stands on the side from which one reads.
		for _, c := range [][2]string{
			{answer + `.querySelector(".avatar")`, answer + `.querySelector(".author")`},
			{answer + `.querySelector(".author")`, answer + `.querySelector(".more")`},
			{button("عرض السياق"), button("مقاطع أخرى")},
			{`document.getElementById("write")`, `document.getElementById("send")`},
			{`document.querySelectorAll("#channels button")[0]`, `document.getElementById("me")`},
		} {
			if !eval[bool](b, `(() => { const [a, b] = [`+c[0]+`, `+c[1]+`].map((n) => n.getBoundingClientRect()); return a.left + 1 > b.right || a.bottom < b.top; })()`) {
				t.Errorf("%s does not stand to the right of %s", c[0], c[1])
			}
		}
		if s := eval[string](b, `getComputedStyle(`+answer+`.querySelector("blockquote")).borderRightWidth`); s != "4px" {
			t.Errorf("the bar of a quotation is %s wide on the right", s)
		}
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > int(l.width) {
			t.Errorf("the page is %d px wide", w)
		}
		b.is(cited+`.closest("[lang]").lang`, "ar")
		b.click(`document.getElementById("write")`)
		b.keys("/")
		b.wait(`document.querySelector("#choices .detail")`)
		b.is(`getComputedStyle(document.querySelector("#choices .detail")).direction`, "rtl")
		b.accessible()
		b.picture(fmt.Sprint("arabic-", l.width))
	}
}

// Among articles in other languages only what is Arabic does, and what a line
// names in other letters leaves its order alone.
func TestArabicAmongOthers(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), wide)
	b.ask("@Footnote كم بلغ إنتاج الزيتون هذا العام؟")
	for js, want := range map[string]string{
		`document.body`: "ltr", messages + `.at(-2)`: "rtl", answer: "ltr", answer + `.querySelector("blockquote")`: "rtl",
		answer + `.querySelector(".body p")`: "ltr", answer + `.querySelector(".citation")`: "ltr", cited: "rtl",
	} {
		b.wait(js)
		if d := eval[string](b, `getComputedStyle(`+js+`).direction`); d != want {
			t.Errorf("%s runs %s, want %s", js, d, want)
		}
	}
	b.picture("arabic-among-others")
	for _, c := range []struct {
		text string
		bot  bool
		want string // of the message, then of its blocks
	}{
		{"كم بلغ الإنتاج؟", false, "rtl rtl"},
		{"<@1> كم بلغ الإنتاج؟", false, "rtl rtl"},
		{"BBC: كم بلغ إنتاج الزيتون؟", false, "rtl rtl"},
		{"What does زيتون mean?", false, "ltr ltr"},
		{"How much?\nكم؟", false, "ltr ltr rtl"},
		{"كم عدد البواخر؟\n> How many ships?", false, "rtl rtl ltr"},
		{"12 % — 7", false, " auto"},
		{"سؤال من Reader: \"how many islanders depend on the ferry in winter?\"", true, "rtl rtl"},
		{"Ann asked: \"كم بلغ إنتاج الزيتون في وادي السنا هذا العام؟\"", true, "ltr ltr"},
		{"*موسم الزيتون*, صحيفة السنا, 10 December 2022, paragraph 2", true, "ltr ltr"},
		{"جاء في المقالة:\n> Norden Bridges صممت الجسر القديم\n*The bridge*، BBC، الفقرة 2، <https://long.example/address>", true, "rtl rtl rtl rtl"},
		{"The article says:\n> صممت الجسر القديم\n> The old bridge", true, "ltr ltr rtl"},
	} {
		got := eval[string](b, `Promise.all([import("/static/markdown.js"), import("/static/direction.js")]).then(([{render}, {turn}]) => {
			const [node, blocks] = [document.createElement("article"), render(`+string(encode(c.text))+`, {users: {1: "Annabella of the long name"}, channels: {}})];
			turn(node, blocks, `+fmt.Sprint(c.bot)+`);
			return [node, ...blocks].map((n) => n.dir).join(" ");
		})`)
		if got != c.want {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}
