using Microsoft.Extensions.Configuration;
using MucGen.Rooms;
using MucGen.Server.Configuration;

namespace MucGen.Server.Tests.Configuration;

public sealed class OptionsReaderTests
{
    [Fact]
    public void Nothing_configured_means_the_defaults()
    {
        var report = Read();
        Assert.Empty(report.Problems);
        Assert.All(report.Settings, setting => Assert.True(setting.IsDefault, setting.Key));
        var options = report.Options;
        Assert.Equal(("localhost", "conference.localhost", false), (options.Domain, options.MucDomain, options.AllowRegistration));
        Assert.Equal([new ListenAddress("127.0.0.1", 5222)], options.Listen);
        Assert.Empty(options.ListenTls);
        Assert.Equal(new LimitOptions(), options.Limits);
        Assert.Equal(new LoginOptions(), options.Login);
        Assert.Equal(new StorageOptions(), options.Storage);
        Assert.Equal(new AccountOptions(), options.Accounts);
        Assert.Equal(new RoomOptions(), options.Rooms);
        Assert.Equal(new RateLimits(), options.Rates);
    }

    [Fact]
    public void Every_setting_is_in_the_readme()
    {
        var readme = File.ReadAllText(RepositoryFile("src/MucGen.Server/README.md"));
        Assert.All(Read().Settings, setting => Assert.Contains($"`{setting.Key["MucGen:".Length..]}`", readme));
    }

    [Fact]
    public void The_rooms_follow_the_domain_and_both_are_prepared()
    {
        var options = Read(("Domain", "Example.ORG.")).Options;
        Assert.Equal(("example.org", "conference.example.org"), (options.Domain, options.MucDomain));
    }

    [Fact]
    public void Rooms_may_be_few_and_leave_tombstones()
    {
        var rooms = Read(("Rooms:MaxRoomsPerOwner", "3"), ("Rooms:TombstoneDays", "0")).Options.Rooms;
        Assert.Equal((3, 0), (rooms.MaxRoomsPerOwner, rooms.TombstoneDays));
    }

    [Fact]
    public void Accounts_may_keep_what_they_send_and_get_for_a_while()
    {
        var accounts = Read(("Accounts:Archive", "true"), ("Accounts:ArchiveDays", "30")).Options.Accounts;
        Assert.Equal((true, TimeSpan.FromDays(30)), (accounts.Archive, accounts.ArchiveLifetime));
    }

    [Fact]
    public void Registration_may_need_an_admin_everywhere() =>
        Assert.Equal(RegistrationPolicy.Approval, Read(("Rooms:Registration", "approval")).Options.Rooms.Registration);

    [Theory]
    [InlineData("127.0.0.1:5222", "127.0.0.1", 5222)]
    [InlineData("localhost:0", "localhost", 0)]
    [InlineData("*:65535", "*", 65535)]
    [InlineData("[::1]:5222", "::1", 5222)]
    public void An_address_is_host_and_port(string text, string host, int port)
    {
        Assert.True(OptionsReader.TryParseAddress(text, out var address));
        Assert.Equal(new ListenAddress(host, port), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5222")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("::1:5222")]
    [InlineData("[127.0.0.1]:5222")]
    [InlineData("example.org:5222")]
    public void Anything_else_is_none(string text) => Assert.False(OptionsReader.TryParseAddress(text, out _));

    [Theory]
    [InlineData("Domain", "user@example.org")]
    [InlineData("Domain", "a b")]
    [InlineData("MucDomain", "localhost")]
    [InlineData("Listen", "everywhere")]
    [InlineData("Listen", "none")]
    [InlineData("Admins", "example.org")]
    [InlineData("AllowRegistration", "yes")]
    [InlineData("Tls:CertificateFile", "/nowhere/at/all.pem")]
    [InlineData("Limits:MaxStanzaBytes", "9999")]
    [InlineData("Limits:MaxDepth", "many")]
    [InlineData("Login:ScramIterations", "4095")]
    [InlineData("Rooms:Creation", "nobody")]
    [InlineData("Rooms:FullSearch", "friends")]
    [InlineData("Rooms:MaxSearchesPerMinute", "0")]
    [InlineData("Rooms:Creation", "1")]
    [InlineData("Rooms:OwnersConfigure", "sometimes")]
    [InlineData("Rates:MessagesPerPerson", "-1")]
    [InlineData("Rates:WindowSeconds", "0")]
    [InlineData("Limits:MaxStanzaBites", "100000")]
    [InlineData("Domains", "localhost")]
    public void A_problem_names_key_value_and_fix(string key, string value)
    {
        var problem = Assert.Single(Read((key, value)).Problems);
        Assert.Equal($"MucGen:{key}", problem.Key);
        Assert.NotEmpty(problem.Fix);
        Assert.StartsWith($"MucGen:{key}", problem.ToString(), StringComparison.Ordinal);
        if (value != "none")
            Assert.Contains($"\"{value}\"", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(3, Read(("Domain", "a b"), ("Limits:MaxDepth", "0"), ("Nonsense", "1")).Problems.Count);

    [Fact]
    public void Lists_come_as_arrays_or_with_commas()
    {
        Assert.Equal(2, Read(("Listen:0", "127.0.0.1:1"), ("Listen:1", "127.0.0.1:2")).Options.Listen.Count);
        Assert.Equal(2, Read(("Listen", "127.0.0.1:1, 127.0.0.1:2")).Options.Listen.Count);
        Assert.Equal(["admin@localhost"], Read(("Admins", "Admin@localhost")).Options.Admins);
    }

    [Theory]
    [InlineData("*", null)]
    [InlineData("none", new string[0])]
    [InlineData("urn:xmpp:receipts, urn:xmpp:reply:0", new[] { "urn:xmpp:receipts", "urn:xmpp:reply:0" })]
    public void Payloads_are_all_none_or_those_named(string value, string[]? expected) =>
        Assert.Equal(expected, Read(("Rooms:Payloads", value)).Options.Rooms.Payloads);

    [Fact]
    public void What_owners_may_do_is_an_option()
    {
        var rooms = Read(("Rooms:OwnersConfigure", "AtCreation"), ("Rooms:OwnersRevokeOwners", "false")).Options.Rooms;
        Assert.Equal((OwnerConfiguration.AtCreation, false), (rooms.OwnersConfigure, rooms.OwnersRevokeOwners));
    }

    [Fact]
    public void Vcards_have_limits_and_rooms_may_have_none()
    {
        var options = Read(("Limits:MaxVCardBytes", "2048"), ("Rooms:MaxVCardBytes", "0")).Options;
        Assert.Equal((2048, 0), (options.Limits.MaxVCardBytes, options.Rooms.MaxVCardBytes));
    }

    [Fact]
    public void Rates_are_read()
    {
        var rates = Read(
            ("Rates:MessagesPerPerson", "1"), ("Rates:PresencesPerPerson", "2"), ("Rates:MessagesPerRoom", "3"), ("Rates:PresencesPerRoom", "4"),
            ("Rates:WindowSeconds", "5"), ("Rates:Silent", "true")).Options.Rates;
        var expected = new RateLimits
        {
            MessagesPerPerson = 1,
            PresencesPerPerson = 2,
            MessagesPerRoom = 3,
            PresencesPerRoom = 4,
            Window = TimeSpan.FromSeconds(5),
            IsSilent = true,
        };
        Assert.Equal(expected, rates);
    }

    [Fact]
    public void A_secret_is_not_shown()
    {
        var setting = Assert.Single(Read(("Tls:KeyPassword", "hush")).Settings, setting => setting.Key == "MucGen:Tls:KeyPassword");
        Assert.DoesNotContain("hush", setting.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_sets_keys_in_both_spellings()
    {
        var settings = ConfigurationSources.FromEnvironment(new Dictionary<string, string>
        {
            ["MucGen__Limits__MaxDepth"] = "40",
            ["MUCGEN_LIMITS__MAXELEMENTS"] = "100",
            ["MUCGEN_DOMAIN"] = "example.org",
            ["Logging__LogLevel__Default"] = "Debug",
            ["PATH"] = "/bin",
        });
        var report = OptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        Assert.Empty(report.Problems);
        Assert.Equal((40, 100, "example.org"), (report.Options.Limits.MaxDepth, report.Options.Limits.MaxElements, report.Options.Domain));
        Assert.Equal(4, settings.Count);
    }

    [Fact]
    public void The_command_line_wins() =>
        Assert.Equal(
            "cli.example",
            OptionsReader.Read(ConfigurationSources.Build(new Dictionary<string, string?> { ["MucGen:Domain"] = "cli.example" })).Options.Domain);

    private static ConfigurationReport Read(params (string Key, string Value)[] settings) => OptionsReader.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"MucGen:{setting.Key}", (string?)setting.Value)))
            .Build());

    private static string RepositoryFile(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../..", path);
}
