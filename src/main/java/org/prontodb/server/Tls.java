package org.prontodb.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.prontodb.model.Problem;
import org.prontodb.model.Problem.Kind;
import org.prontodb.model.ProntoException;
import org.prontodb.model.Text;

/** TLS from the files that everybody else uses: a chain of certificates and a key, in PEM. */
final class Tls {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

  /** The kinds of keys that are read, and what each signs with. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private Tls() {}

  /**
   * TLS 1.2 and 1.3 with this certificate.
   *
   * @param certificates the server's own first, then those that signed it
   * @param key in PKCS #8, not encrypted
   */
  static SslContextFactory.Server of(Path certificates, Path key) {
    Certificate[] chain = chain(certificates);
    PrivateKey privateKey = key(key);
    char[] none = {};
    SslContextFactory.Server factory = new SslContextFactory.Server();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry("server", privateKey, none, chain);
      factory.setKeyStore(store);
    } catch (GeneralSecurityException | IOException e) {
      throw refused("the TLS certificate and key do not go together", null, e);
    }
    if (!isPair(chain[0].getPublicKey(), privateKey)) {
      throw refused(
          quoted(key) + " is not the key of the certificate in " + quoted(certificates),
          "give the key that the certificate was made for, and its own certificate first",
          null);
    }
    factory.setKeyStorePassword("");
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Host is checked for every request, with TLS or without.
    factory.setSniRequired(false);
    return factory;
  }

  /** Whether what the private key signs is signed for the public one. */
  private static boolean isPair(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm = SIGNATURES.get(privateKey.getAlgorithm());
    byte[] text = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // then they are not even of one kind
      return false;
    }
  }

  private static Certificate[] chain(Path file) {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (!chain.isEmpty()) {
        Certificate[] certificates = chain.toArray(Certificate[]::new);
        ((X509Certificate) certificates[0]).checkValidity();
        return certificates;
      }
    } catch (CertificateException e) {
      throw refused(
          quoted(file) + " holds no valid certificate: " + Text.visible(e.getMessage()),
          "openssl x509 -in FILE -noout -text shows what it holds",
          e);
    }
    throw refused(quoted(file) + " holds no certificate", "give a PEM file", null);
  }

  private static PrivateKey key(Path file) {
    Matcher pem = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw refused(quoted(file) + " holds no private key", "give a PEM file", null);
    }
    if (!pem.group(1).equals("PRIVATE KEY")) {
      throw refused(
          quoted(file) + " holds an " + pem.group(1) + ", which is not read here",
          "make it PKCS #8 without a password: openssl pkcs8 -topk8 -nodes -in FILE -out NEW",
          null);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      for (String algorithm : SIGNATURES.keySet()) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
          continue;
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(quoted(file) + " holds no key that can be read", null, null);
    }
    throw refused(quoted(file) + " holds a key that is neither RSA, EC nor EdDSA", null, null);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw refused(quoted(file) + " can not be read", "see that it is there and yours to read", e);
    }
  }

  private static String quoted(Path file) {
    return '"' + Text.visible(file.toString()) + '"';
  }

  private static ProntoException refused(String message, String hint, Exception cause) {
    return new ProntoException(Problem.of(Kind.FAILED, message, hint), cause);
  }
}
