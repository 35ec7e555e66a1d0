// Package fields walks through values field by field, for tests that must see
// every field, those added later too.
package fields

import (
	"reflect"
	"time"
)

// Full returns a value of the type in which every pointer leads somewhere and
// every slice holds one element.
func Full(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case t == reflect.TypeFor[time.Time]():
	case t.Kind() == reflect.Pointer:
		v.Set(Full(t.Elem()).Addr())
	case t.Kind() == reflect.Slice:
		v.Set(reflect.Append(v, Full(t.Elem())))
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			v.Field(i).Set(Full(t.Field(i).Type))
		}
	}
	return v
}

// Each calls try for every value that v leads to.
func Each(v reflect.Value, name string, try func(name string, change, restore func())) {
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	change := func(to any) {
		try(name, func() { v.Set(reflect.ValueOf(to).Convert(v.Type())) }, func() { v.Set(old) })
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		change(time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		Each(v.Elem(), name, try)
	case reflect.Slice:
		Each(v.Index(0), name+"[]", try)
	case reflect.Struct:
		for i := range v.NumField() {
			Each(v.Field(i), name+"."+v.Type().Field(i).Name, try)
		}
	case reflect.String:
		change("x")
	case reflect.Bool:
		change(true)
	default:
		change(7)
	}
}
