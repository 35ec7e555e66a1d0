package page

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// What is too small for a finger, of all that can be pressed and is in sight.
const tooSmall = `[...document.querySelectorAll("button, a[href], select, input, textarea, [role=option], [role=menuitem]")]
	.filter((n) => !n.matches(".skip, .spoiler") && n.checkVisibility({visibilityProperty: true}) && n.getClientRects().length)
	.map((n) => [n, [...n.getClientRects()]])
	.filter(([n, rects]) => rects.some((r) => r.height < 43.9) || Math.max(...rects.map((r) => r.width)) < 43.9)
	.map(([n, rects]) => n.outerHTML.slice(0, 90) + " " + rects.map((r) => Math.round(r.width) + "×" + Math.round(r.height)))`

func TestTouch(t *testing.T) {
	b := open(t, start(t, corpusFlag(t, library)), phone)
	if !eval[bool](b, `matchMedia("(pointer: coarse)").matches`) {
		t.Fatal("the browser does not play a touch screen")
	}
	fits := func(where string) {
		t.Helper()
		for _, n := range eval[[]string](b, tooSmall) {
			t.Errorf("%s: too small for a finger: %s", where, n)
		}
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > 390 {
			t.Errorf("%s: the page is %d px wide", where, w)
		}
		b.picture("touch-" + where)
	}
	fits("first")
	b.ask("how many islanders depend on the ferry?")
	fits("answer")
	b.click(button("Show context"))
	b.wait(answer + `.classList.contains("private")`)
	b.begins(answer)
	fits("context")
	b.click(answer + `.querySelector(".more")`)
	b.wait(button("Copy text"))
	fits("menu")
	b.keys(kb.Escape)
	b.click(`[...document.querySelectorAll(".from-bot:not(.private) .more")].at(-1)`)
	b.click(button("Reply"))
	fits("reply")
	b.click(button("Cancel reply"))
	b.click(answer + `.querySelector(".citation")`)
	b.wait(`document.activeElement === ` + cited)
	fits("article")
	b.accessible()
	b.click(`document.querySelector("#article .all a")`)
	b.wait(`document.querySelector("#article .articles")`)
	fits("articles")
	b.click(button("Close"))
	b.click(button("Follow up"))
	b.wait(`document.querySelector("dialog[open]")`)
	fits("form")
	b.keys(kb.Escape)
	b.click(`document.getElementById("write")`)
	b.keys("/")
	b.wait(`document.querySelector("#choices [role=option]")`)
	fits("commands")
	b.keys("ask" + kb.Enter)
	b.wait(`document.querySelector("#command .field")`)
	fits("command")
}
