namespace MucGen.Simulation.Checking;

/// <summary>The first thing that was found wrong. The server catches what is thrown inside of it, so findings are told and not thrown.</summary>
internal sealed class Findings
{
    /// <summary>What was found; null while all is well.</summary>
    public string? First { get; private set; }

    /// <summary>Tells a finding.</summary>
    public void Report(string finding) => First ??= finding;
}
