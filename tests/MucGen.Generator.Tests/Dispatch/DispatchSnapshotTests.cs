using MucGen.Generator.Tests.Snapshots;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>The emitted dispatch, extension and configuration as they are read in review.</summary>
public sealed class DispatchSnapshotTests
{
    private const string Settings = """

        [ConfigurationForm("MucRoomConfigForm", InfoForm = "MucRoomInfoForm")]
        public sealed partial record Settings
        {
            [Field("muc#roomconfig_roomdesc", Info = "muc#roominfo_description")] public string Description { get; init; } = "";
            [Field("muc#roomconfig_membersonly", Disco = "muc_membersonly|muc_open")] public bool IsMembersOnly { get; init; }
            [Field("muc#roomconfig_whois", On = "anyone", Disco = "muc_nonanonymous|muc_semianonymous", Status = "172|173")] public RoomWhois Whois { get; init; }
            [Field("muc#roomconfig_maxusers")] public int? MaxUsers { get; init; }
            [Field("muc#maxhistoryfetch")] public int MaxHistory { get; init; } = 20;
            [Field("muc#roomconfig_presencebroadcast")] public Roles Broadcast { get; init; }
        }

        [Flags]
        public enum Roles { None = 0, Visitor = 1, Participant = 2, Moderator = 4, All = 7 }
        """;

    private static readonly Lazy<DispatchRun> Run = new(() =>
        DispatchDriver.Run(DispatchSources.Usings + DispatchSources.Context + DispatchSources.Handlers + Settings));

    [Theory]
    [InlineData("Probe.ProbeTurnDispatch")]
    [InlineData("GeneratedExtension")]
    [InlineData("Probe.Settings.Fields")]
    public Task Emitted_file(string name)
    {
        Assert.Empty(Run.Value.Diagnostics);
        var emitted = Run.Value.Result.Results.SelectMany(generator => generator.GeneratedSources).Single(source => source.HintName == name + ".g.cs");
        return Snapshot.Verify(emitted.SourceText.ToString(), "cs", name);
    }
}
