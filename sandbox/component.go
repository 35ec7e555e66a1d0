package sandbox

import "github.com/bwmarrin/discordgo"

// Component is a part of a message or modal: a row, button, select, text input,
// or anything newer. Fields that its type does not have are empty.
type Component struct {
	Type         discordgo.ComponentType      `json:"type"`
	ID           int                          `json:"id,omitempty"`
	CustomID     string                       `json:"custom_id,omitempty"`
	Label        string                       `json:"label,omitempty"`
	Style        int                          `json:"style,omitempty"`
	Disabled     bool                         `json:"disabled,omitempty"`
	Emoji        *discordgo.ComponentEmoji    `json:"emoji,omitempty"`
	URL          string                       `json:"url,omitempty"`
	SKU          string                       `json:"sku_id,omitempty"`
	Placeholder  string                       `json:"placeholder,omitempty"`
	Options      []discordgo.SelectMenuOption `json:"options,omitempty"`
	MinValues    *int                         `json:"min_values,omitempty"`
	MaxValues    *int                         `json:"max_values,omitempty"`
	ChannelTypes []int                        `json:"channel_types,omitempty"`
	Defaults     []any                        `json:"default_values,omitempty"`
	Value        string                       `json:"value,omitempty"`
	Required     *bool                        `json:"required,omitempty"`
	MinLength    *int                         `json:"min_length,omitempty"`
	MaxLength    *int                         `json:"max_length,omitempty"`
	Content      string                       `json:"content,omitempty"`
	Description  string                       `json:"description,omitempty"`
	Spoiler      bool                         `json:"spoiler,omitempty"`
	Divider      *bool                        `json:"divider,omitempty"`
	Spacing      int                          `json:"spacing,omitempty"`
	AccentColor  *int                         `json:"accent_color,omitempty"`
	Media        any                          `json:"media,omitempty"`
	File         any                          `json:"file,omitempty"`
	Items        []any                        `json:"items,omitempty"`
	Accessory    *Component                   `json:"accessory,omitempty"`
	Component    *Component                   `json:"component,omitempty"` // what a label of a modal holds
	Components   []Component                  `json:"components,omitempty"`
}

// walk calls f for each component, parents first.
func walk(cs []Component, f func(*Component)) {
	for n := range cs {
		visit(&cs[n], f)
	}
}

func visit(c *Component, f func(*Component)) {
	f(c)
	walk(c.Components, f)
	if c.Accessory != nil {
		visit(c.Accessory, f)
	}
	if c.Component != nil {
		visit(c.Component, f)
	}
}

// complete fills in what the bot left out and Discord adds: component ids, and
// how many values a select takes.
func complete(cs []Component) {
	used := map[int]bool{}
	walk(cs, func(c *Component) { used[c.ID] = true })
	next := 1
	walk(cs, func(c *Component) {
		if c.ID == 0 {
			for used[next] {
				next++
			}
			c.ID, used[next] = next, true
		}
		if one := 1; isSelect(c.Type) {
			if c.MinValues == nil {
				c.MinValues = &one
			}
			if c.MaxValues == nil {
				c.MaxValues = &one
			}
		}
	})
}

func isSelect(t discordgo.ComponentType) bool {
	return t == discordgo.SelectMenuComponent || t >= discordgo.UserSelectMenuComponent && t <= discordgo.ChannelSelectMenuComponent
}
