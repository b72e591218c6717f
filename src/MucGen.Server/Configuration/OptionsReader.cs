using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using MucGen.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Configuration;

/// <summary>What reading the configuration gave: usable options only when <see cref="Problems"/> is empty.</summary>
public sealed record ConfigurationReport(MucGenOptions Options, IReadOnlyList<Setting> Settings, IReadOnlyList<SettingProblem> Problems);

/// <summary>Turns configuration into <see cref="MucGenOptions"/>, checking every value and naming each key that is not known.</summary>
public static class OptionsReader
{
    /// <summary>Reads the section <see cref="MucGenOptions.Section"/>.</summary>
    public static ConfigurationReport Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new SettingReader(configuration.GetSection(MucGenOptions.Section));
        var domain = Domain(reader, "Domain", "localhost");
        var options = new MucGenOptions
        {
            Domain = domain,
            MucDomain = Domain(reader, "MucDomain", $"conference.{domain}"),
            Listen = Addresses(reader, "Listen", "127.0.0.1:5222"),
            ListenTls = Addresses(reader, "ListenTls"),
            DataFolder = Path.GetFullPath(reader.Text("DataFolder", "data")),
            AllowRegistration = reader.Flag("AllowRegistration", false),
            Admins = Admins(reader),
            ShowOperatingSystem = reader.Flag("ShowOperatingSystem", false),
            ShutdownTime = reader.Seconds("ShutdownSeconds", TimeSpan.FromSeconds(10), 0, 300),
            Tls = ReadTls(reader),
            Limits = ReadLimits(reader),
            Login = ReadLogin(reader),
            Storage = ReadStorage(reader),
            Accounts = ReadAccounts(reader),
            Rooms = ReadRooms(reader),
            Rates = ReadRates(reader),
        };
        if (string.Equals(options.Domain, options.MucDomain, StringComparison.Ordinal))
            reader.Problem("MucDomain", options.MucDomain, "give the rooms a domain of their own, such as conference." + options.Domain + ".");
        if (options.Listen.Count + options.ListenTls.Count == 0 && reader.Problems.Count == 0)
            reader.Problem("Listen", null, "give at least one HOST:PORT, such as 127.0.0.1:5222.");
        reader.ReportUnknown();
        return new ConfigurationReport(options, reader.Settings, reader.Problems);
    }

    /// <summary>Parses HOST:PORT, where HOST is an IP address (IPv6 in brackets), localhost or *.</summary>
    public static bool TryParseAddress(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
            return false;
        var host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed)
            host = host[1..^1];
        var isAddress = IPAddress.TryParse(host, out var ip);
        if (!isAddress && host is not ("localhost" or "*"))
            return false;
        if (isAddress && isBracketed != (ip!.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
            return false;
        address = new ListenAddress(host, port);
        return true;
    }

    private static TlsOptions ReadTls(SettingReader reader)
    {
        var tls = new TlsOptions
        {
            CertificateFile = ExistingFile(reader, "Tls:CertificateFile"),
            KeyFile = ExistingFile(reader, "Tls:KeyFile"),
            KeyPassword = reader.OptionalText("Tls:KeyPassword", isSecret: true),
            IsRequired = reader.Flag("Tls:Required", false),
        };
        if (tls is { KeyFile: not null, CertificateFile: null })
            reader.Problem("Tls:CertificateFile", null, "Tls:KeyFile is set; give the certificate that belongs to it too.");
        return tls;
    }

    private static AccountOptions ReadAccounts(SettingReader reader)
    {
        var fallback = new AccountOptions();
        return new AccountOptions
        {
            Archive = reader.Flag("Accounts:Archive", fallback.Archive),
            ArchiveDays = reader.Number("Accounts:ArchiveDays", fallback.ArchiveDays, 0, 36_500),
        };
    }

    private static LimitOptions ReadLimits(SettingReader reader)
    {
        var fallback = new LimitOptions();
        return new LimitOptions
        {
            MaxStanzaBytes = reader.Number("Limits:MaxStanzaBytes", fallback.MaxStanzaBytes, 10_000, 16 * 1024 * 1024),
            MaxStanzaBytesBeforeLogin = reader.Number("Limits:MaxStanzaBytesBeforeLogin", fallback.MaxStanzaBytesBeforeLogin, 4096, 1024 * 1024),
            MaxDepth = reader.Number("Limits:MaxDepth", fallback.MaxDepth, 8, 1000),
            MaxAttributes = reader.Number("Limits:MaxAttributes", fallback.MaxAttributes, 8, 1000),
            MaxElements = reader.Number("Limits:MaxElements", fallback.MaxElements, 64, 1_000_000),
            MaxConnections = reader.Number("Limits:MaxConnections", fallback.MaxConnections, 1, 10_000_000),
            MaxConnectionsPerAddress = reader.Number("Limits:MaxConnectionsPerAddress", fallback.MaxConnectionsPerAddress, 1, 10_000_000),
            MaxSessionsPerAccount = reader.Number("Limits:MaxSessionsPerAccount", fallback.MaxSessionsPerAccount, 1, 10_000),
            MaxOutboxBytes = reader.Number("Limits:MaxOutboxBytes", fallback.MaxOutboxBytes, 64 * 1024, 1024 * 1024 * 1024),
            MaxRoomMailbox = reader.Number("Limits:MaxRoomMailbox", fallback.MaxRoomMailbox, 16, 1_000_000),
            MaxBytesPerSecond = reader.Number("Limits:MaxBytesPerSecond", fallback.MaxBytesPerSecond, 0, 1024 * 1024 * 1024),
            MaxStanzasPerSecond = reader.Number("Limits:MaxStanzasPerSecond", fallback.MaxStanzasPerSecond, 0, 10_000_000),
            NegotiationTime = reader.Seconds("Limits:NegotiationSeconds", fallback.NegotiationTime, 1, 3600),
            IdleTime = reader.Seconds("Limits:IdleSeconds", fallback.IdleTime, 10, 86_400),
            MaxRosterItems = reader.Number("Limits:MaxRosterItems", fallback.MaxRosterItems, 1, 100_000),
            MaxRosterGroups = reader.Number("Limits:MaxRosterGroups", fallback.MaxRosterGroups, 0, 1000),
            MaxRosterNameBytes = reader.Number("Limits:MaxRosterNameBytes", fallback.MaxRosterNameBytes, 16, 10_000),
            MaxVCardBytes = reader.Number("Limits:MaxVCardBytes", fallback.MaxVCardBytes, 1024, 1_000_000),
            MaxPendingRequests = reader.Number("Limits:MaxPendingRequests", fallback.MaxPendingRequests, 1, 100_000),
            MaxBlockedAddresses = reader.Number("Limits:MaxBlockedAddresses", fallback.MaxBlockedAddresses, 1, 100_000),
            MaxOfflineMessages = reader.Number("Limits:MaxOfflineMessages", fallback.MaxOfflineMessages, 0, 100_000),
            MaxOfflineBytes = reader.Number("Limits:MaxOfflineBytes", fallback.MaxOfflineBytes, 1024, 1024 * 1024 * 1024),
            MaxDirectedPresences = reader.Number("Limits:MaxDirectedPresences", fallback.MaxDirectedPresences, 1, 100_000),
            MaxRegistrationsPerHour = reader.Number("Limits:MaxRegistrationsPerHour", fallback.MaxRegistrationsPerHour, 1, 1_000_000),
        };
    }

    private static LoginOptions ReadLogin(SettingReader reader)
    {
        var fallback = new LoginOptions();
        return new LoginOptions
        {
            ScramIterations = reader.Number("Login:ScramIterations", fallback.ScramIterations, Storage.Credentials.MinIterations, 10_000_000),
            MaxAttempts = reader.Number("Login:MaxAttempts", fallback.MaxAttempts, 1, 100),
            MaxFailuresPerAddress = reader.Number("Login:MaxFailuresPerAddress", fallback.MaxFailuresPerAddress, 1, 10_000_000),
            FailurePeriod = reader.Seconds("Login:FailurePeriodSeconds", fallback.FailurePeriod, 1, 86_400),
            OfferPlain = reader.Flag("Login:OfferPlain", fallback.OfferPlain),
            OfferChannelBinding = reader.Flag("Login:OfferChannelBinding", fallback.OfferChannelBinding),
        };
    }

    private static StorageOptions ReadStorage(SettingReader reader)
    {
        var fallback = new StorageOptions();
        return new StorageOptions
        {
            SyncEveryCommit = reader.Flag("Storage:SyncEveryCommit", fallback.SyncEveryCommit),
            GatherTime = TimeSpan.FromMilliseconds(
                reader.Number("Storage:GatherMilliseconds", (int)fallback.GatherTime.TotalMilliseconds, 0, 1000)),
            EventsPerSnapshot = reader.Number("Storage:EventsPerSnapshot", fallback.EventsPerSnapshot, 100, 1_000_000),
        };
    }

    private static RoomOptions ReadRooms(SettingReader reader)
    {
        var fallback = new RoomOptions();
        return new RoomOptions
        {
            Creation = reader.Choice("Rooms:Creation", fallback.Creation),
            MaxRoomsPerOwner = reader.Number("Rooms:MaxRoomsPerOwner", fallback.MaxRoomsPerOwner, 0, 1_000_000),
            Registration = reader.Choice("Rooms:Registration", fallback.Registration),
            LockNicks = reader.Flag("Rooms:LockNicks", fallback.LockNicks),
            TellAbsentUsers = reader.Flag("Rooms:TellAbsentUsers", fallback.TellAbsentUsers),
            OwnersConfigure = reader.Choice("Rooms:OwnersConfigure", fallback.OwnersConfigure),
            OwnersRevokeOwners = reader.Flag("Rooms:OwnersRevokeOwners", fallback.OwnersRevokeOwners),
            Payloads = Payloads(reader),
            FullSearch = reader.Choice("Rooms:FullSearch", fallback.FullSearch),
            MaxSearchesPerMinute = reader.Number("Rooms:MaxSearchesPerMinute", fallback.MaxSearchesPerMinute, 1, 100_000),
            Archive = reader.Flag("Rooms:Archive", fallback.Archive),
            ArchiveDays = reader.Number("Rooms:ArchiveDays", fallback.ArchiveDays, 0, 36_500),
            ArchiveSinceJoining = reader.Flag("Rooms:ArchiveSinceJoining", fallback.ArchiveSinceJoining),
            MaxHistory = reader.Number("Rooms:MaxHistory", fallback.MaxHistory, 0, 1000),
            MaxOccupants = reader.Number("Rooms:MaxOccupants", fallback.MaxOccupants, 1, 1_000_000),
            MaxNickBytes = reader.Number("Rooms:MaxNickBytes", fallback.MaxNickBytes, 1, 1023),
            MaxVCardBytes = reader.Number("Rooms:MaxVCardBytes", fallback.MaxVCardBytes, 0, 1_000_000),
            LockedTime = reader.Seconds("Rooms:LockedSeconds", fallback.LockedTime, 1, 86_400),
            TombstoneDays = reader.Number("Rooms:TombstoneDays", fallback.TombstoneDays, 0, 36_500),
            EmptyTime = reader.Seconds("Rooms:EmptySeconds", fallback.EmptyTime, 1, 86_400),
        };
    }

    private static RateLimits ReadRates(SettingReader reader)
    {
        var fallback = new RateLimits();
        return new RateLimits
        {
            MessagesPerPerson = reader.Number("Rates:MessagesPerPerson", fallback.MessagesPerPerson, 0, 1_000_000),
            PresencesPerPerson = reader.Number("Rates:PresencesPerPerson", fallback.PresencesPerPerson, 0, 1_000_000),
            MessagesPerRoom = reader.Number("Rates:MessagesPerRoom", fallback.MessagesPerRoom, 0, 1_000_000),
            PresencesPerRoom = reader.Number("Rates:PresencesPerRoom", fallback.PresencesPerRoom, 0, 1_000_000),
            Window = reader.Seconds("Rates:WindowSeconds", fallback.Window, 1, 3600),
            IsSilent = reader.Flag("Rates:Silent", fallback.IsSilent),
        };
    }

    private static string Domain(SettingReader reader, string key, string fallback)
    {
        var text = reader.Text(key, fallback);
        if (Jid.TryParse(text, out var jid, out _) && jid is { Local: null, IsBare: true })
            return jid.Domain;
        reader.Problem(key, text, "give a domain name such as example.org, without user, resource or port.");
        return fallback;
    }

    private static List<string> Admins(SettingReader reader)
    {
        var admins = new List<string>();
        foreach (var text in reader.List("Admins"))
        {
            if (Jid.TryParse(text, out var jid, out _) && jid is { Local: not null, IsBare: true })
                admins.Add(jid.ToString());
            else
                reader.Problem("Admins", text, "give bare addresses such as admin@example.org, separated by commas.");
        }

        return admins;
    }

    // "*" stands for every namespace, "none" for none.
    private static List<string>? Payloads(SettingReader reader)
    {
        var listed = reader.List("Rooms:Payloads", "*");
        return listed.Contains("*", StringComparer.Ordinal) ? null : [.. listed.Where(ns => ns != "none")];
    }

    private static List<ListenAddress> Addresses(SettingReader reader, string key, params ReadOnlySpan<string> fallback)
    {
        var addresses = new List<ListenAddress>();
        foreach (var text in reader.List(key, fallback))
        {
            if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
                continue;
            if (TryParseAddress(text, out var address))
                addresses.Add(address.Value);
            else
                reader.Problem(key, text, "give HOST:PORT, such as 127.0.0.1:5222, [::1]:5222, localhost:5222 or *:5222.");
        }

        return addresses;
    }

    private static string? ExistingFile(SettingReader reader, string key)
    {
        if (reader.OptionalText(key) is not { } text)
            return null;
        var path = Path.GetFullPath(text);
        if (!File.Exists(path))
            reader.Problem(key, text, $"there is no file {path}.");
        return path;
    }
}
