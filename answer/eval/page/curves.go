package page

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/go-analyze/charts/chartdraw"

	"footnote/answer/eval"
)

// The charts are drawn in classes, to which style.css gives colours for light
// and dark; the browser sets the text. Sizes are those of the drawing, which
// the page fits to the screen.
const (
	chartWidth  = 480
	chartHeight = 380
	textSize    = 15 // as in style.css, since the place for text is measured here
	dotSize     = 5
)

// fewest is the number of questions from which curves make sense.
const fewest = 10

// curves draws how far the confidence of a report can be trusted, and what is
// wrong among what would be shown at each share shown.
func curves(id string, r eval.Report) (calibration, risk template.HTML, err error) {
	if n := r.All.Answerable + r.All.None; n < fewest {
		return "", "", nil
	}
	var confidence, right []float64
	counted := chartdraw.AnnotationSeries{YAxis: chartdraw.YAxisSecondary,
		Style: chartdraw.Style{ClassName: "note", FontStyle: chartdraw.FontStyle{FontSize: textSize}}}
	for _, b := range r.Bins {
		confidence, right = append(confidence, b.Confidence), append(right, b.Right)
		counted.Annotations = append(counted.Annotations, chartdraw.Value2{XValue: b.Confidence, YValue: b.Right, Label: strconv.Itoa(b.N)})
	}
	calibration, err = draw(id+"-calibration", "Calibration: share right by confidence", "confidence",
		line("ideal", []float64{0, 1}, []float64{0, 1}), dotted("line", confidence, right), counted)
	if err != nil {
		return "", "", err
	}
	var coverage, wrong, falsely []float64
	for _, p := range r.Curve {
		coverage, wrong, falsely = append(coverage, p.Coverage), append(wrong, p.Risk), append(falsely, p.False)
	}
	at := r.Operating()
	series := []chartdraw.Series{line("line", coverage, wrong)}
	if r.All.None > 0 {
		series = append(series, line("false", coverage, falsely), dotted("false", []float64{at.Coverage}, []float64{at.False}))
	}
	series = append(series, dotted("line", []float64{at.Coverage}, []float64{at.Risk}))
	risk, err = draw(id+"-risk", "Risk and coverage: share wrong by share shown", "share of the questions shown", series...)
	return calibration, risk, err
}

// draw draws series over two axes from 0 to 1.
func draw(id, title, under string, series ...chartdraw.Series) (template.HTML, error) {
	var ticks []chartdraw.Tick
	for v := 0; v <= 100; v += 20 {
		ticks = append(ticks, chartdraw.Tick{Value: float64(v) / 100, Label: fmt.Sprintf("%d %%", v)})
	}
	axis := chartdraw.Style{ClassName: "axis", FontStyle: chartdraw.FontStyle{FontSize: textSize}}
	grid := chartdraw.Style{StrokeColor: chartdraw.ColorAlternateGray.WithAlpha(70), StrokeWidth: 1}
	nothing := chartdraw.Style{ClassName: "nothing", Padding: chartdraw.NewBox(12, 4, 12, 4)}
	chart := chartdraw.Chart{
		Width: chartWidth, Height: chartHeight, DPI: 72, // where a point is a pixel
		Background: nothing, Canvas: nothing,
		XAxis: chartdraw.XAxis{Name: under, NameStyle: axis, Style: axis, Ticks: ticks, GridMajorStyle: grid, GridMinorStyle: grid},
		// The library's second axis is the one on the left.
		YAxis:          chartdraw.YAxis{Style: chartdraw.Hidden(), Range: &chartdraw.ContinuousRange{Max: 1}},
		YAxisSecondary: chartdraw.YAxis{Style: axis, Ticks: ticks, GridMajorStyle: grid, GridMinorStyle: grid},
		Series:         series,
	}
	var b bytes.Buffer
	if err := chart.Render(chartdraw.SVG, &b); err != nil {
		return "", fmt.Errorf("the chart %q cannot be drawn: %w", title, err)
	}
	// All that it holds are numbers and what is written here.
	svg := strings.Replace(b.String(), ">", fmt.Sprintf(` role="img" aria-labelledby="%[1]s"><title id="%[1]s">%[2]s</title>`, id, title), 1)
	return template.HTML(svg), nil
}

// line is a line through points.
func line(class string, x, y []float64) chartdraw.ContinuousSeries {
	style := chartdraw.Style{ClassName: class}
	if class != "line" {
		style.StrokeDashArray = []float64{6, 4}
	}
	return chartdraw.ContinuousSeries{Style: style, YAxis: chartdraw.YAxisSecondary, XValues: x, YValues: y}
}

// dotted is a line with a dot on each point.
func dotted(class string, x, y []float64) chartdraw.ContinuousSeries {
	s := line(class, x, y)
	s.Style.DotWidth = dotSize
	return s
}
