package index

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// articleField holds the id of a passage's article.
const articleField = "article"

// textField returns the field that holds the text of passages in a language.
// Languages have fields of their own, so that a word common in one and rare
// in another is weighed for each.
func textField(language string) string { return "text_" + language }

// aboutField holds what passages in a language are about without saying so. A
// heading stands over many passages: in the field of their text its words would
// seem common.
func aboutField(language string) string { return "about_" + language }

// registeredAs is the name under which bleve knows one of our pipelines.
func registeredAs(analyzer string) string { return "footnote_" + analyzer }

func init() {
	for name, p := range pipelines {
		err := registry.RegisterAnalyzer(registeredAs(name), func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return p(), nil
		})
		if err != nil {
			panic(err) // unreachable: the names are our own and each comes once
		}
	}
}

// mappingFor returns the mapping of an index with passages in the languages.
// It is lean: nothing is stored or kept but postings, since the texts lie in
// files beside (a tenth of the size of bleve's default, and as fast).
func mappingFor(languages []string) mapping.IndexMapping {
	m := mapping.NewIndexMapping()
	doc := mapping.NewDocumentStaticMapping()
	lean := func(analyzer string) *mapping.FieldMapping {
		f := mapping.NewTextFieldMapping()
		f.Analyzer = analyzer
		f.Store, f.DocValues, f.IncludeTermVectors, f.IncludeInAll = false, false, false, false
		return f
	}
	for _, language := range languages {
		doc.AddFieldMappingsAt(textField(language), lean(registeredAs(analyzerFor(language))))
		doc.AddFieldMappingsAt(aboutField(language), lean(registeredAs(analyzerFor(language))))
	}
	doc.AddFieldMappingsAt(articleField, lean(keyword.Name))
	m.DefaultMapping = doc
	return m
}

// mapped is a document, by its number, as bleve takes it.
func mapped(m mapping.IndexMapping, number int, d Document) (*document.Document, error) {
	fields := map[string]any{textField(d.Language): d.Text, articleField: d.Article}
	if d.About != "" {
		fields[aboutField(d.Language)] = d.About
	}
	doc := document.NewDocument(name(number))
	return doc, m.MapDocument(doc, fields)
}
