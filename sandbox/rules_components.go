package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// Limits of components.
const (
	maxRows          = 5
	maxRowButtons    = 5
	maxCustomID      = 100
	maxButtonLabel   = 80
	maxSelectOptions = 25
	maxOptionText    = 100
	maxPlaceholder   = 150
	maxV2Components  = 40
	maxV2Text        = 4000
	maxModalTitle    = 45
	maxModalRows     = 5
	maxInputLabel    = 45
	maxInputHolder   = 100
	maxInputValue    = 4000
)

// labelComponent holds one input of a modal; discordgo v0.29 does not know it.
const labelComponent discordgo.ComponentType = 18

// checkComponents checks the components of a message.
func checkComponents(e *fieldErrors, cs []Component, v2 bool) {
	if !v2 {
		e.check(len(cs) <= maxRows, "components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	}
	all, text := 0, 0
	walk(cs, func(c *Component) { all++; text += utf8.RuneCountInString(c.Content) })
	if v2 {
		e.check(all <= maxV2Components, "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components in all.")
		e.check(text <= maxV2Text, "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "At most 4000 characters in all.")
	}
	ids, customs := map[int]bool{}, map[string]bool{}
	for n := range cs {
		checkComponent(e, "components."+strconv.Itoa(n), &cs[n], v2, true, ids, customs)
	}
}

// checkComponent checks one component and what it holds. ids and customs are
// those already seen in the message.
func checkComponent(e *fieldErrors, at string, c *Component, v2, top bool, ids map[int]bool, customs map[string]bool) {
	if c.ID != 0 {
		e.check(!ids[c.ID], at+".id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
		ids[c.ID] = true
	}
	if c.CustomID != "" {
		e.check(utf8.RuneCountInString(c.CustomID) <= maxCustomID, at+".custom_id", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
		e.check(!customs[c.CustomID], at+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		customs[c.CustomID] = true
	}
	switch {
	case c.Type == discordgo.ActionsRowComponent:
		checkRow(e, at, c, v2, ids, customs)
	case top && (c.Type == discordgo.ButtonComponent || isSelect(c.Type) || c.Type == discordgo.TextInputComponent):
		e.add(at+".type", "UNION_TYPE_CHOICES", "A component of this type must stand in a row.")
	case c.Type == discordgo.ButtonComponent:
		checkButton(e, at, c)
	case isSelect(c.Type):
		checkSelect(e, at, c)
	case c.Type >= discordgo.SectionComponent && c.Type <= discordgo.SeparatorComponent, c.Type == discordgo.ContainerComponent:
		e.check(v2, at+".type", "UNION_TYPE_CHOICES", "A component of this type needs the components v2 flag.")
		if c.Type == discordgo.TextDisplayComponent {
			e.check(strings.TrimSpace(c.Content) != "", at+".content", "BASE_TYPE_REQUIRED", "This field is required")
		}
		for n := range c.Components {
			checkComponent(e, at+".components."+strconv.Itoa(n), &c.Components[n], v2, false, ids, customs)
		}
		if c.Accessory != nil {
			checkComponent(e, at+".accessory", c.Accessory, v2, false, ids, customs)
		}
	default:
		e.add(at+".type", "UNION_TYPE_CHOICES", fmt.Sprintf("No component of type %d may stand here.", c.Type))
	}
}

func checkRow(e *fieldErrors, at string, c *Component, v2 bool, ids map[int]bool, customs map[string]bool) {
	e.check(len(c.Components) > 0 && len(c.Components) <= maxRowButtons, at+".components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	for n := range c.Components {
		x := &c.Components[n]
		p := at + ".components." + strconv.Itoa(n)
		e.check(x.Type == discordgo.ButtonComponent || isSelect(x.Type) && len(c.Components) == 1, p+".type", "UNION_TYPE_CHOICES", "A row holds up to five buttons or one select.")
		checkComponent(e, p, x, v2, false, ids, customs)
	}
}

func checkButton(e *fieldErrors, at string, c *Component) {
	e.check(utf8.RuneCountInString(c.Label) <= maxButtonLabel, at+".label", "BASE_TYPE_MAX_LENGTH", "Must be 80 or fewer in length.")
	switch discordgo.ButtonStyle(c.Style) {
	case discordgo.PrimaryButton, discordgo.SecondaryButton, discordgo.SuccessButton, discordgo.DangerButton:
		e.check(c.CustomID != "", at+".custom_id", "BASE_TYPE_REQUIRED", "A button needs a custom id.")
		e.check(c.URL == "", at+".url", "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "Only a link button has an address.")
		e.check(strings.TrimSpace(c.Label) != "" || c.Emoji != nil, at, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.")
	case discordgo.LinkButton:
		e.check(c.CustomID == "", at+".custom_id", "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A link button has no custom id.")
		e.check(c.URL != "", at+".url", "BASE_TYPE_REQUIRED", "A link button needs an address.")
		e.check(len(c.URL) <= 512, at+".url", "BASE_TYPE_MAX_LENGTH", "Must be 512 or fewer in length.")
		link(e, at+".url", c.URL)
		e.check(strings.TrimSpace(c.Label) != "" || c.Emoji != nil, at, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.")
	case discordgo.PremiumButton:
		e.check(c.SKU != "" && c.CustomID == "" && c.URL == "" && c.Label == "", at, "BUTTON_COMPONENT_PREMIUM", "A premium button has a sku_id and nothing else.")
	default:
		e.add(at+".style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
	}
}

func checkSelect(e *fieldErrors, at string, c *Component) {
	e.check(c.CustomID != "", at+".custom_id", "BASE_TYPE_REQUIRED", "A select needs a custom id.")
	e.check(utf8.RuneCountInString(c.Placeholder) <= maxPlaceholder, at+".placeholder", "BASE_TYPE_MAX_LENGTH", "Must be 150 or fewer in length.")
	least, most := 1, 1
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	e.check(least >= 0 && least <= 25, at+".min_values", "NUMBER_TYPE_MAX", "int value should be between 0 and 25.")
	e.check(most >= 1 && most <= 25 && most >= least, at+".max_values", "NUMBER_TYPE_MAX", "int value should be between 1 and 25 and not less than min_values.")
	if c.Type != discordgo.SelectMenuComponent {
		e.check(len(c.Options) == 0, at+".options", "BASE_TYPE_BAD_LENGTH", "Only a string select has options.")
		return
	}
	e.check(len(c.Options) > 0 && len(c.Options) <= maxSelectOptions, at+".options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
	e.check(most <= len(c.Options), at+".max_values", "SELECT_COMPONENT_MAX_VALUES", "More values than options.")
	values := map[string]bool{}
	for n, o := range c.Options {
		p := at + ".options." + strconv.Itoa(n)
		length(e, p+".label", o.Label, 1, maxOptionText)
		length(e, p+".value", o.Value, 1, maxOptionText)
		length(e, p+".description", o.Description, 0, maxOptionText)
		e.check(!values[o.Value], p+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		values[o.Value] = true
	}
}

// length checks a text's code points, spaces around it not counted.
func length(e *fieldErrors, path, text string, least, most int) {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	if n == 0 && least > 0 {
		e.add(path, "BASE_TYPE_REQUIRED", "This field is required")
		return
	}
	e.check(n >= least && n <= most, path, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", least, most))
}

// parseModal reads a form that the bot opens.
func (s *Server) parseModal(q *request, data json.RawMessage) (*Modal, *apiError) {
	var b struct {
		CustomID   string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []Component `json:"components"`
	}
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, invalid("data", "BASE_TYPE_BAD", err.Error())
	}
	var e fieldErrors
	length(&e, "data.custom_id", b.CustomID, 1, maxCustomID)
	length(&e, "data.title", b.Title, 1, maxModalTitle)
	e.check(len(b.Components) > 0 && len(b.Components) <= maxModalRows, "data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
	m := &Modal{CustomID: b.CustomID, Title: b.Title}
	customs := map[string]bool{}
	for n := range b.Components {
		row := &b.Components[n]
		at := "data.components." + strconv.Itoa(n)
		in := row.Component
		switch {
		case row.Type == discordgo.ActionsRowComponent && len(row.Components) == 1:
			in = &row.Components[0]
			length(&e, at+".components.0.label", in.Label, 1, maxInputLabel)
		case row.Type == labelComponent && in != nil:
			length(&e, at+".label", row.Label, 1, maxInputLabel)
			in.Label = row.Label
		case row.Type == discordgo.TextDisplayComponent:
			continue
		default:
			e.add(at, "UNION_TYPE_CHOICES", "A form holds rows with one text input each, or labels.")
			continue
		}
		e.check(in.Type == discordgo.TextInputComponent || row.Type == labelComponent, at+".type", "UNION_TYPE_CHOICES", "A row of a form holds a text input.")
		length(&e, at+".custom_id", in.CustomID, 1, maxCustomID)
		e.check(!customs[in.CustomID], at+".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		customs[in.CustomID] = true
		if in.Type == discordgo.TextInputComponent {
			e.check(in.Style == 1 || in.Style == 2, at+".style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
			length(&e, at+".placeholder", in.Placeholder, 0, maxInputHolder)
			least, most := in.lengths()
			e.check(least >= 0 && most >= 1 && most <= maxInputValue && least <= most, at+".max_length", "NUMBER_TYPE_MAX", "int value should be between 1 and 4000 and not less than min_length.")
			e.check(utf8.RuneCountInString(in.Value) <= most, at+".value", "BASE_TYPE_MAX_LENGTH", "The value is longer than max_length.")
		}
		m.Fields = append(m.Fields, *in)
	}
	return m, e.refusal()
}

// lengths returns how long the text of an input may be.
func (c *Component) lengths() (least, most int) {
	most = maxInputValue
	if c.MinLength != nil {
		least = *c.MinLength
	}
	if c.MaxLength != nil {
		most = *c.MaxLength
	}
	return least, most
}

// required reports whether an input of a form must be filled in; it must unless
// the bot says otherwise.
func (c *Component) required() bool { return c.Required == nil || *c.Required }
