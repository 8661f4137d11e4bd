# Prints `rows` lines of key TAB value, ordered by key, the same ones at each call. A value has
# `bytes` bytes; `kind` is text, cyrillic (two bytes a letter) or later (keys behind all of text).
# For a locale in which a character is a byte.
BEGIN {
  number = 20261123
  width = kind == "cyrillic" ? 2 : 1
  letters = kind == "cyrillic" ? "абвгдежзиклмнопр" : "abcdefghijklmnop"
  prefix = kind == "cyrillic" ? "ключ" : kind == "later" ? "later000" : "key00000"
  while (length(noise) < 4096) noise = noise substr(letters, 1 + next_number() % 16 * width, width)
  # Long enough to begin anywhere in its first half.
  noise = noise noise
  while (length(noise) < bytes + 4096) noise = noise noise
  for (i = 1; i <= rows; i++)
    printf "%s%09d\t%s\n", prefix, i, substr(noise, 1 + next_number() % 2048 * width, bytes)
}

function next_number() {
  number = number * 16807 % 2147483647
  return number
}
