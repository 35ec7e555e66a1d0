package main

// sure returns what a call brings that must not fail.
func sure[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
