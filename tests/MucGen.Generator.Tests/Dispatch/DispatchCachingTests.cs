using Microsoft.CodeAnalysis;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>What an edit makes the dispatch pipeline do again.</summary>
public sealed class DispatchCachingTests
{
    private const string Base = DispatchSources.Usings + DispatchSources.Context + DispatchSources.Handlers;

    [Theory]
    [InlineData("turn.Log.Add(\"ping\")", "turn.Log.Add(\"pong\")")]
    [InlineData("public static class Chain", "// a comment\n\npublic static class Chain")]
    [InlineData("namespace Probe;", "namespace Probe;\n\npublic class Unrelated { public int Number; }\n")]
    public void An_edit_that_changes_no_handler_emits_nothing_anew(string before, string after)
    {
        var reasons = DispatchDriver.ReasonsAfterEdit(Base, Base.Replace(before, after, StringComparison.Ordinal));

        Assert.All(reasons, reason => Assert.Contains(reason.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
    }

    [Fact]
    public void A_new_handler_is_emitted()
    {
        var reasons = DispatchDriver.ReasonsAfterEdit(Base, Base.Replace("[OnPresence]", "[OnPresence(Order = 5)]", StringComparison.Ordinal));

        Assert.Contains(reasons, reason => reason is { Step: "Dispatch.2_Compose", Reason: IncrementalStepRunReason.Modified });
        Assert.Contains(reasons, reason => reason.Step == "Dispatch.3_Extension" && reason.Reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached);
    }
}
