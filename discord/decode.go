package discord

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/bwmarrin/discordgo"
)

// discordgo v0.29.0 decodes a message or an interaction wholly or not at all,
// and one component of a type that it does not know is enough for not at all.
// So what fails is decoded again without such components.

// decodeMessage reads a message; it always has an id, a channel and an author.
func decodeMessage(raw json.RawMessage) (*discordgo.Message, error) {
	m := new(discordgo.Message)
	if err := decode(raw, m); err != nil {
		return nil, err
	}
	if m.ID == "" || m.ChannelID == "" || m.Author == nil {
		return nil, errors.New("a message without id, channel or author")
	}
	return m, nil
}

// decodeInteraction reads an interaction. Beside an error it may return one that
// holds just what is needed to answer it, or nil.
func decodeInteraction(raw json.RawMessage) (*discordgo.Interaction, error) {
	i := new(discordgo.Interaction)
	err := decode(raw, i)
	if err == nil && i.Data == nil {
		err = errors.New("an interaction of a type that is not known")
	}
	if err == nil && i.ID != "" && i.Token != "" {
		return i, nil
	}
	var least struct {
		ID    string                    `json:"id"`
		AppID string                    `json:"application_id"`
		Token string                    `json:"token"`
		Type  discordgo.InteractionType `json:"type"`
	}
	if e := json.Unmarshal(raw, &least); e != nil || least.ID == "" || least.Token == "" {
		return nil, errors.Join(err, e, errors.New("an interaction without id or token"))
	}
	return &discordgo.Interaction{ID: least.ID, AppID: least.AppID, Token: least.Token, Type: least.Type}, err
}

// decode unmarshals raw into v, if need be without unknown components.
func decode[T any](raw json.RawMessage, v *T) error {
	err := json.Unmarshal(raw, v)
	if err == nil {
		return nil
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&tree) != nil {
		return err
	}
	cleaned, e := json.Marshal(prune(tree))
	if e != nil {
		return err // unreachable: tree came out of JSON
	}
	*v = *new(T) // the first try may have filled a part
	return json.Unmarshal(cleaned, v)
}

// known are the component types that discordgo v0.29.0 can decode.
var known = map[string]bool{
	"1": true, "2": true, "3": true, "4": true, "5": true, "6": true, "7": true, "8": true,
	"9": true, "10": true, "11": true, "12": true, "13": true, "14": true, "17": true,
}

// prune drops unknown components from every list of components in the tree.
func prune(tree any) any {
	switch n := tree.(type) {
	case map[string]any:
		for k, v := range n {
			list, ok := v.([]any)
			if k == "components" && ok {
				kept := []any{}
				for _, c := range list {
					if m, ok := c.(map[string]any); ok {
						if t, ok := m["type"].(json.Number); ok && known[t.String()] {
							kept = append(kept, c)
						}
					}
				}
				v = kept
			}
			n[k] = prune(v)
		}
	case []any:
		for i, v := range n {
			n[i] = prune(v)
		}
	}
	return tree
}
