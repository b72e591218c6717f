using Microsoft.CodeAnalysis;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>Each mistake in a handler is an error with an id, a place, and a link to its explanation.</summary>
public sealed class DispatchDiagnosticsTests
{
    [Theory]
    [InlineData("MG2001", "Answer", "public class Pings { [OnIq(IqType.Get)] public void Answer(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2002", "Answer", "public static class Pings { [OnIq(IqType.Get)] private static void Answer(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2002", "Answer", "public static class Outer { private static class Pings { [OnIq(IqType.Get)] public static void Answer(ProbeTurn turn, PingView ping) { } } }")]
    [InlineData("MG2003", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer(ProbeTurn turn) { } }")]
    [InlineData("MG2003", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static int Answer(ProbeTurn turn, PingView ping) => 1; }")]
    [InlineData("MG2003", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer<T>(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2003", "Invite", "public static class Invites { [OnMessage] public static void Invite(ProbeTurn turn, MucUserView x) { } }")]
    [InlineData("MG2003", "Join", "public static class Joins { [OnPresence] public static bool Join(ProbeTurn turn, ref MucJoinView x) => true; }")]
    [InlineData("MG2004", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer(StanzaTurn turn, PingView ping) { } }")]
    [InlineData("MG2004", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer(string turn, PingView ping) { } }")]
    [InlineData("MG2005", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer(ProbeTurn turn, ElementView ping) { } }")]
    [InlineData("MG2005", "Answer", "public static class Pings { [OnIq(IqType.Get)] public static void Answer(ProbeTurn turn, string ping) { } }")]
    [InlineData("MG2006", "Second", "public static class Pings { [OnIq(IqType.Get)] public static void First(ProbeTurn turn, PingView ping) { } [OnIq(IqType.Get)] public static void Second(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2007", "Second", "public static class Chain { [OnMessage] public static bool First(ProbeTurn turn, MucUserView x) => false; [OnMessage] public static bool Second(ProbeTurn turn, MucUserView x) => false; }")]
    [InlineData("MG2007", "Second", "public static class Chain { [OnPresence(Order = 3)] public static bool First(ProbeTurn turn, MucUserView x) => false; [OnPresence(Order = 3)] public static bool Second(ProbeTurn turn, MucUserView x) => false; }")]
    [InlineData("MG2008", "Answer", "public static class Pings { [OnIq(IqType.Result)] public static void Answer(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2008", "Answer", "public static class Pings { [OnIq((IqType)9)] public static void Answer(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2009", "Pings", "[Feature(\"urn:xmpp:ping\")] public static class Pings { public static void Answer(ProbeTurn turn, PingView ping) { } }")]
    [InlineData("MG2004", "Pings", "[Feature(\"urn:xmpp:ping\", Context = typeof(string))] public static class Pings;")]
    [InlineData("MG2010", "Lost", "[DispatchContext] public sealed class Lost;")]
    [InlineData("MG2011", "Pings", "[Feature(\"\")] public static class Pings { [OnIq(IqType.Get)] public static void Answer(ProbeTurn turn, PingView ping) { } }")]
    public void A_mistake_is_an_error_at_its_place(string id, string at, string handlers)
    {
        var run = DispatchDriver.Run(DispatchSources.Usings + DispatchSources.Context + handlers);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(at, diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? SourceAt(diagnostic, handlers));
        Assert.EndsWith("#" + id.ToLowerInvariant(), diagnostic.Descriptor.HelpLinkUri);
        Assert.Empty(run.Output.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Handlers_of_one_payload_in_different_contexts_do_not_contradict_each_other()
    {
        var run = DispatchDriver.Run(DispatchSources.Usings + DispatchSources.Context + DispatchSources.Handlers);

        Assert.Empty(run.Diagnostics);
    }

    // The place travels as path and span, not as a syntax tree, so the text is looked up in the source itself.
    private static string SourceAt(Diagnostic diagnostic, string handlers) =>
        (DispatchSources.Usings + DispatchSources.Context + handlers).Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
}
