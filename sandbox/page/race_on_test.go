//go:build race

package page

// raceDetector tells that the tests run under it.
const raceDetector = true
