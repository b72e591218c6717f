using Microsoft.CodeAnalysis;
using MucGen.Generator.Tests.Dispatch;
using Xunit;

namespace MucGen.Generator.Tests.Fields;

/// <summary>Each mistake in an annotated property is an error with an id, a place, and a link to its explanation.</summary>
public sealed class FieldDiagnosticsTests
{
    private const string Record = "[ConfigurationForm(\"MucRoomConfigForm\", InfoForm = \"MucRoomInfoForm\")] public sealed partial record Settings";

    [Theory]
    [InlineData("MG2101", "Open", "public sealed partial record Settings { [Field(\"muc#roomconfig_membersonly\")] public bool Open { get; init; } }")]
    [InlineData("MG2102", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\")] public double Open { get; init; } }")]
    [InlineData("MG2103", "Open", Record + " { [Field(\"muc#roomconfig_nonsense\")] public bool Open { get; init; } }")]
    [InlineData("MG2103", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\", Info = \"muc#roominfo_nonsense\")] public bool Open { get; init; } }")]
    [InlineData("MG2104", "Two", Record + " { [Field(\"muc#roomconfig_membersonly\")] public bool One { get; init; } [Field(\"muc#roomconfig_membersonly\")] public bool Two { get; init; } }")]
    [InlineData("MG2105", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\", Disco = \"muc_open\")] public bool Open { get; init; } }")]
    [InlineData("MG2105", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\", Status = \"170|off\")] public bool Open { get; init; } }")]
    [InlineData("MG2106", "Name", Record + " { [Field(\"muc#roomconfig_roomname\", Disco = \"a|b\")] public string Name { get; init; } = \"\"; }")]
    [InlineData("MG2106", "Whois", Record + " { [Field(\"muc#roomconfig_whois\", On = \"everybody\", Disco = \"a|b\")] public RoomWhois Whois { get; init; } }")]
    [InlineData("MG2107", "Settings", "[ConfigurationForm(\"NoSuchForm\")] public sealed partial record Settings;")]
    [InlineData("MG2108", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\")] public bool Open { get; } }")]
    [InlineData("MG2108", "Open", Record + " { [Field(\"muc#roomconfig_membersonly\")] public static bool Open { get; set; } }")]
    public void A_mistake_is_an_error_at_its_place(string id, string at, string source)
    {
        var run = DispatchDriver.Run(DispatchSources.Usings + source);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(at, (DispatchSources.Usings + source).Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.EndsWith("#" + id.ToLowerInvariant(), diagnostic.Descriptor.HelpLinkUri);
        Assert.Empty(run.Output.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void An_edit_that_changes_no_field_emits_nothing_anew()
    {
        const string source = DispatchSources.Usings + Record + " { [Field(\"muc#roomconfig_membersonly\")] public bool Open { get; init; } }";

        var reasons = DispatchDriver.ReasonsAfterEdit(source, source.Replace("namespace Probe;", "namespace Probe;\n// a comment", StringComparison.Ordinal));

        Assert.Contains(reasons, reason => reason.Step == "Fields.0_Read");
        Assert.All(reasons, reason => Assert.Contains(reason.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    [Fact]
    public void A_new_default_of_a_field_emits_nothing_anew_and_a_new_pair_does()
    {
        const string source = DispatchSources.Usings + Record + " { [Field(\"muc#roomconfig_membersonly\")] public bool Open { get; init; } }";

        var quiet = DispatchDriver.ReasonsAfterEdit(source, source.Replace("{ get; init; }", "{ get; init; } = true;", StringComparison.Ordinal));
        var loud = DispatchDriver.ReasonsAfterEdit(source, source.Replace("membersonly\")", "membersonly\", Disco = \"a|b\")", StringComparison.Ordinal));

        Assert.DoesNotContain(quiet, reason => reason.Reason == IncrementalStepRunReason.Modified);
        Assert.Contains(loud, reason => reason is { Step: "Fields.0_Read", Reason: IncrementalStepRunReason.Modified });
    }
}
