package org.prontodb.mirror;

import java.util.List;
import org.prontodb.model.Key;
import org.prontodb.model.Namespace;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.Text;
import org.prontodb.model.Utf8;

/**
 * Where a namespace's files are.
 *
 * @param project the name of the project's folder
 * @param name the name of the namespace's folder in it
 */
record NamespaceFolder(Namespace namespace, String project, String name) {

  static NamespaceFolder of(Namespace namespace) {
    return new NamespaceFolder(
        namespace, FileNames.ofFolder(namespace.project()), FileNames.ofFolder(namespace.name()));
  }

  List<String> folders() {
    return List.of(project, name);
  }

  /** The place of a key's file. */
  Place place(byte[] utf8) {
    if (!Utf8.isValid(utf8)) {
      throw Problem.of(
              Kind.FAILED,
              Text.visible(namespace.toString()) + " holds a key that is not UTF-8",
              "another program has written it; delete it with sqlite3")
          .asException();
    }
    Key key = Key.stored(utf8);
    String context = key.context();
    List<String> folders =
        context == null
            ? List.of(project, name)
            : List.of(project, name, FileNames.ofFolder(context));
    return new Place(namespace, utf8, new TreePath(folders, FileNames.ofFile(key.base())));
  }
}
