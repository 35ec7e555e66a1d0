//go:build race

package shelf

// raceDetector says that everything takes several times as long.
const raceDetector = true
