//go:build race

// Package race tells tests whether they run under the race detector, where
// everything takes several times as long: what runs in one goroutine needs but a
// round or two there.
package race

// On says that the race detector is on.
const On = true
