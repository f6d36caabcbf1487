/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.declared;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class as {@code javap} prints it: its heading, and its public and protected members. */
final class JavapText {
  private JavapText() {}

  static String heading(Class<?> type) {
    String kind = type.isInterface() ? "interface " : "class ";
    String parents = type.isInterface() ? "" : extended(type);
    String interfaces =
        Arrays.stream(type.getGenericInterfaces())
            .map(Type::getTypeName)
            .collect(Collectors.joining(","));
    if (!interfaces.isEmpty()) {
      parents += (type.isInterface() ? " extends " : " implements ") + interfaces;
    }
    return typeModifiers(type)
        + kind
        + type.getName()
        + parameters(type.getTypeParameters())
        + parents
        + " {";
  }

  static SortedSet<String> members(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getDeclaredFields()).filter(JavapText::visible).map(JavapText::text),
            Arrays.stream(type.getDeclaredConstructors())
                .filter(JavapText::visible)
                .map(JavapText::text),
            Arrays.stream(type.getDeclaredMethods())
                .filter(JavapText::visible)
                .map(JavapText::text))
        .flatMap(lines -> lines)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean visible(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }

  private static String typeModifiers(Class<?> type) {
    int hidden =
        Modifier.STATIC | (type.isInterface() ? Modifier.ABSTRACT | Modifier.INTERFACE : 0);
    return spaced(Modifier.toString(type.getModifiers() & ~hidden));
  }

  private static String extended(Class<?> type) {
    Type parent = type.getGenericSuperclass();
    return parent == Object.class ? "" : " extends " + parent.getTypeName();
  }

  private static String text(Field field) {
    return spaced(Modifier.toString(field.getModifiers()))
        + field.getGenericType().getTypeName()
        + " "
        + field.getName()
        + ";";
  }

  private static String text(Constructor<?> constructor) {
    return spaced(Modifier.toString(constructor.getModifiers() & Modifier.constructorModifiers()))
        + constructor.getDeclaringClass().getName()
        + signature(constructor);
  }

  private static String text(Method method) {
    String modifiers =
        spaced(Modifier.toString(method.getModifiers() & Modifier.methodModifiers()));
    return modifiers
        + (method.isDefault() ? "default " : "")
        + spaced(parameters(method.getTypeParameters()))
        + method.getGenericReturnType().getTypeName()
        + " "
        + method.getName()
        + signature(method);
  }

  private static String signature(Executable executable) {
    String arguments =
        Arrays.stream(executable.getGenericParameterTypes())
            .map(JavapText::argument)
            .collect(Collectors.joining(", "));
    if (executable.isVarArgs()) {
      arguments = arguments.substring(0, arguments.length() - "[]".length()) + "...";
    }
    String exceptions =
        Arrays.stream(executable.getGenericExceptionTypes())
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    return "(" + arguments + ")" + (exceptions.isEmpty() ? "" : " throws " + exceptions) + ";";
  }

  private static String argument(Type type) {
    return type instanceof GenericArrayType array
        ? argument(array.getGenericComponentType()) + "[]"
        : type.getTypeName();
  }

  private static String parameters(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(JavapText::parameter)
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String parameter(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(Type::getTypeName)
            .collect(Collectors.joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : text + " ";
  }
}
