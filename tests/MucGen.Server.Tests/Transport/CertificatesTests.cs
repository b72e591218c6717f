using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using MucGen.Server.Configuration;
using MucGen.Server.Tests.Support;
using MucGen.Server.Transport;

namespace MucGen.Server.Tests.Transport;

/// <summary>Certificates from files, made when there are none, taken anew when they change.</summary>
public sealed class CertificatesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mucgen-test-").FullName;
    private readonly ManualTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_fresh_server_makes_its_own_and_keeps_it()
    {
        var options = new MucGenOptions { DataFolder = folder, Domain = "example.org", MucDomain = "rooms.example.org" };
        var first = Load(options).Current.Leaf;
        var second = Load(options).Current.Leaf;
        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(first.MatchesHostname("example.org"));
        Assert.True(first.MatchesHostname("rooms.example.org"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "self-signed.key")));
    }

    [Fact]
    public void An_expired_one_of_its_own_is_replaced()
    {
        var options = new MucGenOptions { DataFolder = folder };
        var first = Load(options).Current.Leaf;
        time.Advance(TimeSpan.FromDays(1000));
        Assert.NotEqual(first.Thumbprint, Load(options).Current.Leaf.Thumbprint);
    }

    [Fact]
    public void One_of_its_own_for_another_domain_is_replaced()
    {
        var first = Load(new MucGenOptions { DataFolder = folder }).Current.Leaf;
        var moved = Load(new MucGenOptions { DataFolder = folder, Domain = "b\u00FCcher.example", MucDomain = "rooms.b\u00FCcher.example" }).Current.Leaf;
        Assert.NotEqual(first.Thumbprint, moved.Thumbprint);
        Assert.True(moved.MatchesHostname("xn--bcher-kva.example", allowCommonName: false));
    }

    [Theory]
    [InlineData("self-signed.crt")]
    [InlineData("self-signed.key")]
    public void One_of_its_own_that_was_cut_short_is_replaced(string file)
    {
        var options = new MucGenOptions { DataFolder = folder };
        var first = Load(options).Current.Leaf;
        File.WriteAllText(Path.Combine(folder, file), "");
        Assert.NotEqual(first.Thumbprint, Load(options).Current.Leaf.Thumbprint);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("one pem")]
    [InlineData("encrypted pem")]
    [InlineData("pfx")]
    public void Files_of_the_operator_are_used(string format)
    {
        var thumbprint = Write(format, out var tls);
        Assert.Equal(thumbprint, Load(new MucGenOptions { DataFolder = folder, Tls = tls }).Current.Leaf.Thumbprint);
    }

    [Fact]
    public void A_changed_file_is_taken_within_seconds_and_a_broken_one_is_not()
    {
        Write("pem", out var tls);
        var certificates = Load(new MucGenOptions { DataFolder = folder, Tls = tls });
        var renewed = Write("pem", out _);
        File.SetLastWriteTimeUtc(tls.CertificateFile!, File.GetLastWriteTimeUtc(tls.CertificateFile!).AddMinutes(1));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(renewed, certificates.Current.Leaf.Thumbprint);

        File.WriteAllText(tls.CertificateFile!, "nonsense");
        File.SetLastWriteTimeUtc(tls.CertificateFile!, File.GetLastWriteTimeUtc(tls.CertificateFile!).AddMinutes(2));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(renewed, certificates.Current.Leaf.Thumbprint);
    }

    [Fact]
    public void What_cannot_be_used_is_said_with_its_key_and_file()
    {
        var file = Path.Combine(folder, "nonsense.pem");
        File.WriteAllText(file, "nonsense");
        var error = Assert.Throws<CertificateException>(() => Load(new MucGenOptions { DataFolder = folder, Tls = new TlsOptions { CertificateFile = file } }));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("MucGen:Tls:CertificateFile", error.Message, StringComparison.Ordinal);
    }

    private Certificates Load(MucGenOptions options) => new(options, time, NullLogger<Certificates>.Instance);

    private string Write(string format, out TlsOptions tls)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(100));
        var (file, keyFile) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        tls = new TlsOptions { CertificateFile = file, KeyFile = keyFile };
        File.WriteAllText(file, certificate.ExportCertificatePem());
        switch (format)
        {
            case "pem":
                File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
                break;
            case "one pem":
                File.AppendAllText(file, "\n" + key.ExportPkcs8PrivateKeyPem());
                tls = new TlsOptions { CertificateFile = file };
                break;
            case "encrypted pem":
                File.WriteAllText(keyFile, key.ExportEncryptedPkcs8PrivateKeyPem("hush", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
                tls = tls with { KeyPassword = "hush" };
                break;
            default:
                var bundle = Path.Combine(folder, "tls.pfx");
                File.WriteAllBytes(bundle, certificate.Export(X509ContentType.Pfx, "hush"));
                tls = new TlsOptions { CertificateFile = bundle, KeyPassword = "hush" };
                break;
        }
        return certificate.Thumbprint;
    }
}
