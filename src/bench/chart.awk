# Draws results as a picture in SVG: a bar of ratios for each job, and the curves below them.
END {
  row = 22
  for (i = 1; i <= jobs; i++) {
    name = job[i]
    if (name ~ /@/) {
      curve = substr(name, 1, index(name, "@") - 1)
      if (!(curve in points)) curves[++curve_count] = curve
      point[curve, ++points[curve]] = name
    } else if (ratio(name) != "") bars[++bar_count] = name
  }
  top = 50
  bottom = bar_count ? top + bar_count * row : -20
  between = 320
  height = bottom + 50 + int((curve_count + 1) / 2) * between
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 920 " height \
    "\" font-family=\"sans-serif\" font-size=\"12\">"
  print "<rect width=\"920\" height=\"" height "\" fill=\"white\"/>"
  if (bar_count) draw_bars()
  for (i = 1; i <= curve_count; i++)
    draw_curve(curves[i], 65 + (i - 1) % 2 * 460, bottom + 50 + int((i - 1) / 2) * between)
  print "</svg>"
}

function plain(words) {
  gsub(/&/, "\\&amp;", words)
  gsub(/</, "\\&lt;", words)
  gsub(/`/, "", words)
  return words
}

function text(x, y, anchor, colour, words) {
  words = plain(words)
  printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", x, y, anchor, colour, words
}

function bold(x, y, words) {
  printf "<g font-weight=\"bold\">"
  text(x, y, "start", "black", words)
  print "</g>"
}

function draw_line(x1, y1, x2, y2, colour, width) {
  printf "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\" stroke-width=\"%s\"/>\n", x1, y1, x2, y2, colour, width ? width : 1
}

# A bar is our time, and the line at 1 that of the peer, whose name stands in grey; the red mark is what
# is asked at most. A bar that is too long for the picture is cut and keeps its number.
function draw_bars(    i, y, x, length_of, most) {
  most = 2.5
  scale = 300 / most
  bold(20, 24, "ProntoDB's time over that of a peer: shorter is better, red is asked at most")
  for (i = 1; i <= bar_count; i++) {
    y = top + (i - 1) * row
    printf "<text x=\"550\" y=\"%d\" text-anchor=\"end\">%s <tspan fill=\"#777\">%s</tspan></text>\n", y + 13,
      plain(title[bars[i]]), plain(contender[bars[i], 2])
    length_of = (ratio(bars[i]) > most ? most : ratio(bars[i])) * scale
    printf "<rect x=\"560\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>\n", y, length_of, colour(1)
    text(565 + (length_of < scale && length_of > scale - 40 ? scale : length_of), y + 13, "start", "black",
      digits(ratio(bars[i])) (ratio(bars[i]) > most ? " →" : ""))
    if (asked[bars[i]] != "-") {
      x = 560 + asked[bars[i]] * scale
      draw_line(x, y - 2, x, y + 18, "#c0392b", 2)
    }
  }
  draw_line(560 + scale, top - 6, 560 + scale, bottom, "#888")
}

# What a curve shows, and what its horizontal axis counts.
function about(curve) {
  if (curve == "scale-records") return "loading ordered records from a file"
  if (curve == "scale-values") return "loading values, up to 100 MB of them"
  if (curve == "scale-namespaces") return "loading into new namespaces, in turn"
  if (curve == "scale-database") return "get of one key"
  return curve
}

function counted(curve) {
  if (curve == "scale-records") return "records"
  if (curve == "scale-values") return "bytes of a value"
  if (curve == "scale-namespaces") return "namespaces"
  if (curve == "scale-database") return "namespaces in the database"
  return ""
}

# Both axes are logarithmic: a cost that does not grow is a level line.
function draw_curve(curve, left, above,    i, k, x, y, name, first, path, value) {
  first = point[curve, 1]
  least = 1e9
  most = 0
  for (i = 1; i <= points[curve]; i++)
    for (k = 1; k <= contenders[point[curve, i]]; k++) {
      value = each(point[curve, i], contender[point[curve, i], k])
      if (value < least) least = value
      if (value > most) most = value
    }
  # The axis goes from one round number to another.
  for (low = 60; round_number(low) > least; low--);
  for (high = low + 1; round_number(high) < most; high++);
  least = round_number(low)
  most = round_number(high)
  from = at(first)
  to = at(point[curve, points[curve]])
  if (to == from) to = from * 10

  bold(left - 45, above, about(curve) ": " unit_name(first))
  x = left - 45
  for (k = 1; k <= contenders[first]; k++) {
    draw_line(x, above + 14, x + 18, above + 14, colour(k), 3)
    text(x + 24, above + 18, "start", "black", contender[first, k])
    x += 50 + 6.5 * length(contender[first, k])
  }
  for (i = low; i <= high; i++)
    if (high - low < 10 || i % 3 == 0) {
      y = height_of(round_number(i), above)
      draw_line(left, y, left + 360, y, "#ddd")
      text(left - 6, y + 4, "end", "#555", short(round_number(i)))
    }
  draw_line(left, above + 230, left + 360, above + 230, "#888")
  for (i = 1; i <= points[curve]; i++) {
    x = place_of(at(point[curve, i]), left)
    draw_line(x, above + 230, x, above + 234, "#888")
    text(x, above + 247, "middle", "#555", short(at(point[curve, i])))
  }
  text(left + 180, above + 264, "middle", "#555", counted(curve))
  for (k = contenders[first]; k >= 1; k--) {
    path = ""
    for (i = 1; i <= points[curve]; i++) {
      name = point[curve, i]
      value = each(name, contender[name, k])
      x = place_of(at(name), left)
      y = height_of(value, above)
      path = path sprintf("%s%.1f %.1f", i == 1 ? "M" : "L", x, y)
      printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x, y, colour(k)
      # Our own points say their number, on the side where the peer's line is not.
      if (k == 1)
        text(x, y < above + 205 && value < each(name, contender[name, 2]) ? y + 17 : y - 9, "middle",
          colour(1), digits(value))
    }
    printf "<path d=\"%s\" fill=\"none\" stroke-width=\"2\" stroke=\"%s\"/>\n", path, colour(k)
  }
}

function place_of(x, left) { return left + 25 + log(x / from) / log(to / from) * 310 }

function height_of(value, above) { return above + 230 - log(value / least) / log(most / least) * 180 }

# 1, 2, 5, 10, 20 … for 30, 31, 32, 33, 34 …, and what is below 1 for less.
function round_number(n,    digit) {
  digit = n % 3 == 0 ? 1 : n % 3 == 1 ? 2 : 5
  return sprintf("%.3g", digit * 10 ^ (int(n / 3) - 10)) + 0
}

# 1k, 10M: what stands at an axis.
function short(x) { return x >= 1e6 ? x / 1e6 "M" : x >= 1e3 ? x / 1e3 "k" : x "" }

function at(name) { return substr(name, index(name, "@") + 1) + 0 }

function colour(k) { return k == 1 ? "#2f6ea8" : k == 2 ? "#c77d1e" : "#6a9f58" }
