package org.prontodb.image.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Lambdas, method references and switches of every shape, each with what it answers. It is compiled
 * with the tests and run twice by {@link org.prontodb.image.PlainCodeTest}: as javac made it, and
 * as the build of the runtime image rewrites it.
 */
public final class Shapes {
  private final int number;

  private Shapes(int number) {
    this.number = number;
  }

  public static void main(String[] arguments) {
    Supplier<Integer> seven = () -> 7;
    Supplier<Character> letter = () -> 'c';
    Supplier<Boolean> yes = () -> true;
    Supplier<Byte> none = () -> null;
    Map<String, Integer> map = Map.of("a", 1);
    tell("unbox", () -> ((IntSupplier) seven::get).getAsInt());
    tell("unbox and widen", () -> ((LongSupplier) seven::get).getAsLong());
    tell("to double", () -> ((DoubleSupplier) seven::get).getAsDouble());
    tell("of a map", () -> ((ToLongFunction<String>) map::get).applyAsLong("a"));
    tell("letter", () -> ((IntSupplier) letter::get).getAsInt());
    tell("boolean", () -> ((BooleanSupplier) yes::get).getAsBoolean());
    tell("unbox null", () -> ((IntSupplier) none::get).getAsInt());
    tell("box", () -> ((Function<Integer, Number>) Shapes::next).apply(4));
    tell("widen", () -> ((Long2) Shapes::sum).of(3, 2.5f));
    tell("unbox parameters", () -> ((BiFunction<Long, Double, Long>) Shapes::sum).apply(3L, 2.5));
    tell("varargs", () -> ((BiFunction<Integer, Long, String>) Shapes::list).apply(1, 2L));
    tell("array", () -> ((IntFunction<int[]>) int[]::new).apply(2).length);
    tell("constructor", () -> ((IntFunction<Shapes>) Shapes::new).apply(8).number);
    tell("private", () -> ((Function<Shapes, String>) Shapes::shown).apply(new Shapes(9)));
    tell("bound", () -> ((Supplier<String>) new Shapes(10)::shown).get());
    tell("super", () -> new Shapes(11).ofSuper().get().startsWith("org.prontodb"));
    tell("default", () -> new Shapes(12).ofInterface().get());
    tell("drop", Shapes::dropped);
    tell("captured", () -> captured(1, 2.5, (byte) 3, 'c', true).apply("x"));
    tell("nested", () -> ((Function<Integer, Supplier<Integer>>) x -> () -> x * 6).apply(7).get());
    tell("bound to null", () -> ((Supplier<Integer>) nothing()::length).get());
    tell("thrown", () -> failing().call());
    for (Object each : new Object[] {1, 9, "text", 2L, List.of(), new int[0]}) {
      tell("switch", () -> kind(each));
    }
    tell("switch over null", () -> kind(null));
  }

  private static void tell(String name, Callable<Object> shape) {
    Object answer;
    try {
      answer = shape.call();
    } catch (Exception e) {
      answer = e.getClass();
    }
    System.out.println(name + ": " + answer);
  }

  private interface Long2 {
    long of(int a, float b);
  }

  private interface Named {
    default String name() {
      return secret("name");
    }

    private String secret(String name) {
      Function<String, String> again = this::twice;
      return again.apply(name);
    }

    private String twice(String name) {
      return name + name;
    }
  }

  private record Thing() implements Named {
    Supplier<String> named() {
      return Named.super::name;
    }
  }

  private static int next(int i) {
    return i + 1;
  }

  private static long sum(long a, double b) {
    return a + (long) b;
  }

  private static String list(Object... objects) {
    return Arrays.toString(objects);
  }

  private static String nothing() {
    return null;
  }

  private String shown() {
    return "number " + number;
  }

  private Supplier<String> ofSuper() {
    return super::toString;
  }

  private Supplier<String> ofInterface() {
    return new Thing().named();
  }

  private static String dropped() {
    List<Integer> list = new ArrayList<>();
    Consumer<Integer> add = list::add;
    add.accept(5);
    Consumer<Integer> ignore = Shapes::next;
    ignore.accept(5);
    return list.toString();
  }

  private static Function<String, String> captured(long l, double d, byte b, char c, boolean z) {
    return text -> text + l + d + b + c + z;
  }

  private static Callable<String> failing() {
    return () -> {
      throw new java.io.IOException();
    };
  }

  private static String kind(Object object) {
    return switch (object) {
      case null -> "null";
      case Integer i when i > 5 -> "large";
      case Integer i -> "small " + i;
      case CharSequence s -> "text " + s;
      case int[] numbers -> "array of " + numbers.length;
      default -> "else";
    };
  }
}
