#!/bin/sh
# Half a second of 440 Hz at 22050 Hz, left 0.6 and right 0.4, in each format; the tests know what it must decode to. Needs ffmpeg (5.1 made these).
cd "$(dirname "$0")" || exit 1
SOURCE="aevalsrc=0.6*sin(880*PI*t)|0.4*sin(880*PI*t):s=22050:d=0.5"
for FILE in tone.flac tone.mp3 tone.aac tone.m4a tone.ogg; do
  ffmpeg -v error -y -f lavfi -i "$SOURCE" -fflags +bitexact -flags:a +bitexact "$FILE" || exit 1
done
ffmpeg -v error -y -f lavfi -i "$SOURCE" -c:a pcm_s24le -fflags +bitexact -flags:a +bitexact tone24.wav
