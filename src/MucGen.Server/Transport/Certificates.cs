using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MucGen.Server.Configuration;

namespace MucGen.Server.Transport;

/// <summary>
/// The certificate from the operator's files, read again when they change; without files, a self-signed one in the data folder, so that a fresh
/// server encrypts from its first start.
/// </summary>
internal sealed class Certificates : ICertificateSource
{
    /// <summary>The files of the self-signed certificate in the data folder.</summary>
    public const string SelfSignedName = "self-signed";

    /// <summary>How often the files are looked at, at most.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private static readonly IdnMapping Ascii = new();

    private readonly TlsOptions files;
    private readonly TimeProvider time;
    private readonly ILogger<Certificates> log;
    private readonly Lock gate = new();
    private volatile ServerCertificate current;
    private DateTime loadedVersion;
    private long checkedAt;

    /// <summary>Loads the certificate.</summary>
    /// <exception cref="CertificateException">The files cannot be read or do not fit together.</exception>
    public Certificates(MucGenOptions options, TimeProvider time, ILogger<Certificates> log)
    {
        this.time = time;
        this.log = log;
        files = options.Tls.CertificateFile is null ? FindOrMakeSelfSigned(options, time, log) : options.Tls;
        loadedVersion = VersionOfFiles();
        checkedAt = time.GetTimestamp();
        current = Load();
    }

    /// <inheritdoc/>
    public ServerCertificate Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref checkedAt)) >= CheckInterval)
                ReloadIfChanged();
            return current;
        }
    }

    /// <summary>A certificate that no longer loads leaves the one in force; the operator is told once a change.</summary>
    private void ReloadIfChanged()
    {
        lock (gate)
        {
            Volatile.Write(ref checkedAt, time.GetTimestamp());
            var version = VersionOfFiles();
            if (version == loadedVersion)
                return;
            loadedVersion = version;
            try
            {
                current = Load();
                log.CertificateReloaded(files.CertificateFile!);
            }
            catch (CertificateException error)
            {
                log.CertificateNotReloaded(error, files.CertificateFile!);
            }
        }
    }

    private DateTime VersionOfFiles()
    {
        var version = File.GetLastWriteTimeUtc(files.CertificateFile!);
        if (files.KeyFile is not { } keyFile)
            return version;
        var ofKey = File.GetLastWriteTimeUtc(keyFile);
        return ofKey > version ? ofKey : version;
    }

    private ServerCertificate Load()
    {
        try
        {
            return IsPkcs12(files.CertificateFile!) ? LoadPkcs12() : LoadPem();
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CertificateException(
                $"The certificate {files.CertificateFile} (MucGen:Tls:CertificateFile) cannot be used: {error.Message} Check the file, its key and its password.", error);
        }
    }

    private ServerCertificate LoadPkcs12()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(files.CertificateFile!, files.KeyPassword);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("There is no private key in it.");
        all.Remove(leaf);
        return new ServerCertificate(leaf, all);
    }

    private ServerCertificate LoadPem()
    {
        var certificateFile = files.CertificateFile!;
        var keyFile = files.KeyFile ?? certificateFile;
        var leaf = files.KeyPassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(certificateFile, password, keyFile)
            : X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        if (chain.Count > 0)
            chain.RemoveAt(0);
        return new ServerCertificate(leaf, chain);
    }

    private static bool IsPkcs12(string file) =>
        file.EndsWith(".pfx", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".p12", StringComparison.OrdinalIgnoreCase);

    private static TlsOptions FindOrMakeSelfSigned(MucGenOptions options, TimeProvider time, ILogger log)
    {
        var own = new TlsOptions
        {
            CertificateFile = Path.Combine(options.DataFolder, SelfSignedName + ".crt"),
            KeyFile = Path.Combine(options.DataFolder, SelfSignedName + ".key"),
        };
        if (IsInForce(own, options, time))
            return own;
        try
        {
            MakeSelfSigned(own, options, time);
            log.SelfSignedMade(options.Domain, own.CertificateFile);
            return own;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"A self-signed certificate cannot be written to {options.DataFolder}: {error.Message}", error);
        }
    }

    /// <summary>One that has expired, is of another domain, or was cut short by a full disk is made again.</summary>
    private static bool IsInForce(TlsOptions files, MucGenOptions options, TimeProvider time)
    {
        if (!File.Exists(files.CertificateFile) || !File.Exists(files.KeyFile))
            return false;
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile);
            return certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime
                && NamesOf(options).All(name => certificate.MatchesHostname(name, allowCommonName: false));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void MakeSelfSigned(TlsOptions files, MucGenOptions options, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={options.Domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in NamesOf(options))
            AddName(names, name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));

        Directory.CreateDirectory(options.DataFolder);
        WritePrivately(files.KeyFile!, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(files.CertificateFile!, certificate.ExportCertificatePem());
    }

    private static string[] NamesOf(MucGenOptions options) => [NameOf(options.Domain), NameOf(options.MucDomain)];

    /// <summary>As certificates write it: an internationalised domain in its ASCII form (RFC 6125 6.4.2), an IPv6 address without brackets.</summary>
    private static string NameOf(string domain)
    {
        var bare = domain.Trim('[', ']');
        return IPAddress.TryParse(bare, out _) ? bare : Ascii.GetAscii(bare);
    }

    private static void AddName(SubjectAlternativeNameBuilder names, string domain)
    {
        if (IPAddress.TryParse(domain, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(domain);
    }

    private static void WritePrivately(string file, string text)
    {
        var open = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, open);
        writer.Write(text);
    }
}

/// <summary>The certificate cannot be used; the message says why and what to do.</summary>
public sealed class CertificateException : Exception
{
    /// <summary>Creates the error with its cause.</summary>
    public CertificateException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error with a message for the operator.</summary>
    public CertificateException(string message) : base(message)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public CertificateException()
    {
    }
}
